import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createSecret, formatSecret, signDelivery } from '../../src/watch/webhook-signature.js';

describe('the signature of a delivery', () => {
  it('is the one of the Standard Webhooks specification', () => {
    // the example of the specification's reference libraries
    const secret = new Uint8Array(Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64'));
    const body = new Uint8Array(Buffer.from('{"test": 2432232314}'));
    const headers = signDelivery(secret, {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      at: 1_614_265_330_999,
      body,
    });
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('verifies with the secret as it is told', () => {
    const secret = createSecret((count) => new Uint8Array(count).fill(7));
    const told = formatSecret(secret);
    expect(told).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const body = new Uint8Array(Buffer.from('{"ä":1}'));
    const headers = signDelivery(secret, { id: 'msg_1', at: 5_000, body });
    const key = Buffer.from(told.slice('whsec_'.length), 'base64');
    const tag = createHmac('sha256', key).update('msg_1.5.{"ä":1}').digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${tag}`);
  });
});
