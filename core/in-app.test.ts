import { expect, test } from 'vitest';
import { browserAddress, inAppOf } from './in-app';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/AP4A; wv) AppleWebKit/537.36 (KHTML, like Gecko)';
const CHROME = 'Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36';

test.each([
  [`${IPHONE} Mobile/22B83 [FBAN/FBIOS;FBAV/480.0.0.42.107;FBDV/iPhone17,1]`, 'facebook'],
  [`${ANDROID} ${CHROME} [FB_IAB/FB4A;FBAV/480.0.0.54.88;]`, 'facebook'],
  [`${IPHONE} Mobile/22B83 [FBAN/MessengerForiOS;FBAV/480.0.0.36.108]`, 'messenger'],
  [`${ANDROID} ${CHROME} [FB_IAB/Orca-Android;FBAV/480.0.0.54.88;]`, 'messenger'],
  [`${IPHONE} Mobile/22B83 Instagram 350.0.0.20.95 (iPhone17,1; iOS 18_1)`, 'instagram'],
  [`${ANDROID} ${CHROME} Instagram 350.0.0.38.90 Android`, 'instagram'],
  [`${IPHONE} Mobile/22B83 Safari Line/14.18.0`, 'line'],
  [`${IPHONE} Mobile/22B83 MicroMessenger/8.0.53(0x18003531) NetType/WIFI Language/en`, 'wechat'],
  [`${ANDROID} ${CHROME} musical_ly_2023708050 BytedanceWebview/d8a21c6`, 'tiktok'],
  [`${IPHONE} Mobile/22B83 Snapchat/13.15.0.43 (like Safari/8619.2.8)`, 'snapchat'],
  [`${IPHONE} Mobile/22B83 Twitter for iPhone/10.65`, 'x'],
  [`${ANDROID} ${CHROME} TwitterAndroid`, 'x'],
  [`${IPHONE} Mobile/22B83 [LinkedInApp]/9.30.3512`, 'linkedin'],
  [`${IPHONE} GSA/340.3.690000000 Mobile/22B83 Safari/604.1`, 'google'],
  [`${ANDROID} ${CHROME}`, 'android'],
  [`${IPHONE} Version/18.1 Mobile/22B83 Safari/604.1`, null],
  [`${ANDROID.replace('; wv', '')} Chrome/140.0.0.0 Mobile Safari/537.36`, null],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
    null,
  ],
  ['', null],
  [null, null],
])('%s is %s', (userAgent, app) => {
  expect(inAppOf(userAgent)).toBe(app);
});

test('inside an app the way to the device’s own browser is told as that device understands it', () => {
  const address = 'https://pay.example.com/pay/abc?l=de';
  expect(browserAddress(address, ANDROID)).toBe(
    'intent://pay.example.com/pay/abc?l=de#Intent;scheme=https;action=android.intent.action.VIEW;end',
  );
  expect(browserAddress(address, IPHONE)).toBe(`x-safari-${address}`);
  expect(browserAddress(address, 'Mozilla/5.0 (X11; Linux x86_64)')).toBeNull();
});
