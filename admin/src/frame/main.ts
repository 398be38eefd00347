// Entry of the page inside a frame. It shows one element of one sandboxed plugin, with the same context as inline; what
// the context does is asked of the shell through a port.
import '@fontsource-variable/inter/wght.css';
import '../theme/theme.css';
import './frame.css';
import { type CrashDetail, controlStyles, problemMessage, tokenStyles, UiProblem } from '@bazaar/sdk/ui';
import '../elements/icon.ts';
import { type FrameInit, HELLO } from '../plugin-frame/messages.ts';
import { FramedElement } from './framed-element.ts';

for (const { styleSheet } of [tokenStyles, controlStyles]) {
  if (styleSheet) document.adoptedStyleSheets.push(styleSheet);
}
// The policy of the page cannot keep a connection between browsers from being made; without these, code must first
// find another way to them.
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel', 'WebTransport']) {
  Reflect.deleteProperty(window, name);
}

function isInit({ source, ports }: MessageEvent): boolean {
  return source === parent && ports.length === 1;
}

function onFirstMessage(event: MessageEvent<FrameInit>): void {
  const [port] = event.ports;
  if (!isInit(event) || !port) return;
  window.removeEventListener('message', onFirstMessage);
  const framed = new FramedElement(port, event.data);
  window.addEventListener('bazaar-crash', (crash) => {
    framed.fail((crash as CustomEvent<CrashDetail>).detail.error);
  });
  window.addEventListener('unhandledrejection', ({ reason }) => {
    if (reason instanceof UiProblem || reason instanceof TypeError)
      framed.context.notify(problemMessage(reason), 'error');
  });
  void framed.start();
}

if (parent !== window) {
  window.addEventListener('message', onFirstMessage);
  // Nobody but the shell may frame this page (frame-ancestors); its address is not known here.
  parent.postMessage(HELLO, '*');
}
