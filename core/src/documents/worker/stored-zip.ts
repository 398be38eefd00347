import { crc32 } from 'node:zlib';

function header(
  signature: number,
  name: Buffer,
  content: Buffer,
  fields: { central: boolean; offset: number },
): Buffer {
  const buffer = Buffer.alloc(fields.central ? 46 : 30);
  let at = buffer.writeUInt32LE(signature, 0);
  if (fields.central) at = buffer.writeUInt16LE(20, at);
  at = buffer.writeUInt16LE(20, at);
  // Names in UTF-8; stored, without a time.
  at = buffer.writeUInt16LE(0x0800, at);
  at = buffer.writeUInt16LE(0, at);
  at = buffer.writeUInt32LE(0, at);
  at = buffer.writeUInt32LE(crc32(content), at);
  at = buffer.writeUInt32LE(content.length, at);
  at = buffer.writeUInt32LE(content.length, at);
  buffer.writeUInt16LE(name.length, at);
  if (fields.central) buffer.writeUInt32LE(fields.offset, 42);
  return buffer;
}

/**
 * A ZIP archive without compression. What has been inflated under limits is handed on in this form, so that no other
 * reader of the original's directory can find something else in it.
 */
export function storedZip(files: ReadonlyMap<string, Buffer>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [fileName, content] of files) {
    const name = Buffer.from(fileName);
    const local = header(0x04034b50, name, content, { central: false, offset: 0 });
    directory.push(header(0x02014b50, name, content, { central: true, offset }), name);
    parts.push(local, name, content);
    offset += local.length + name.length + content.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}
