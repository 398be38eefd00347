// A thread of the worker process. When the kernel dies while a document keeps the main thread busy, nothing else
// would end the process.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, 2000);
