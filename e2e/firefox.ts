import { type Browser, firefox } from '@playwright/test';
import { OTHER } from './other-browsers';

type Session = { send: (method: string, params?: object) => Promise<unknown> };
type Inside = { _connection: { toImpl: (browser: Browser) => { _browserSession: Session } } };

/**
 * Firefox as people have it, driven by WebDriver BiDi, with what third parties store refused; all in one process, since no key
 * reaches a frame of another. Playwright tells it of media features by a command it does not know: that one is left out.
 */
export async function openFirefox(): Promise<Browser> {
  const browser = await firefox.launch({
    channel: 'moz-firefox',
    executablePath: OTHER.firefox,
    firefoxUserPrefs: { 'network.cookie.cookieBehavior': 1, 'fission.autostart': false },
  });
  const session = (browser as unknown as Inside)._connection.toImpl(browser)._browserSession;
  const send = session.send.bind(session);
  session.send = async (method, params) =>
    method === 'emulation.setMediaFeaturesOverride' ? {} : send(method, params);
  return browser;
}
