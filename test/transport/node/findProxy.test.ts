import { findProxy } from '../../../nodes/ChatVideo/transport/node/findProxy';

/** What n8n asks; it has no types. */
const { getProxyForUrl } = jest.requireActual<{ getProxyForUrl(url: string): string }>(
	'proxy-from-env',
);

const kept = { ...process.env };
const set = (variables: Record<string, string>): void => {
	for (const name of Object.keys(process.env)) if (/proxy/i.test(name)) delete process.env[name];
	Object.assign(process.env, variables);
};
afterAll(() => {
	set({});
	Object.assign(process.env, kept);
});

const urls = [
	'http://relay.example/v1',
	'http://relay.example:8080/v1',
	'https://relay.example/v1',
	'https://relay.example:8443/v1',
	'https://api.relay.example/v1',
	'https://notrelay.example/v1',
	'https://RELAY.example/v1',
	'http://127.0.0.1:5678/v1',
	'http://[::1]:5678/v1',
	'http://localhost/v1',
	'https://relay.example./v1',
	'https://xn--fiq228c.example/v1',
	'http://user:pass@relay.example/v1',
	'https://[2001:db8::2]:8443/v1',
];

const noProxies = [
	'',
	'*',
	'relay.example',
	'RELAY.Example',
	'.relay.example',
	'*.relay.example',
	'*relay.example',
	'relay.example:443',
	'relay.example:8443',
	'*.relay.example:443',
	'a.example, relay.example',
	'a.example relay.example',
	'a.example,,*',
	'127.0.0.1,localhost',
	'127.0.0.0/8',
	'[::1]',
	'[::1]:5678',
	'example',
	':443',
	'[::1]:443',
	'::1',
	'*.',
	'.',
	'relay.example.',
	'relay.example:',
	'relay.example:80,',
	'*.example:8443',
	'http://relay.example',
	'relay.*',
	'\trelay.example\n',
	' ',
];

const variables: ReadonlyArray<Record<string, string>> = [
	{ http_proxy: 'http://a.example', https_proxy: 'http://b.example' },
	{ HTTP_PROXY: 'http://a.example', HTTPS_PROXY: 'http://b.example:3128' },
	{ http_proxy: 'http://a.example', HTTP_PROXY: 'http://b.example' },
	{ http_proxy: '', HTTP_PROXY: 'http://b.example' },
	{ all_proxy: 'http://a.example' },
	{ ALL_PROXY: 'http://a.example', HTTPS_PROXY: 'http://b.example' },
	{ npm_config_proxy: 'http://a.example', all_proxy: 'http://b.example' },
	{ npm_config_https_proxy: 'http://a.example', https_proxy: 'http://b.example' },
	{ HTTPS_PROXY: 'http://[::1]:3128', HTTP_PROXY: 'http://[2001:db8::1]:3128' },
	{ https_proxy: 'https://b.example:3129', HTTP_PROXY: 'http://a.example' },
	{ npm_config_all_proxy: 'http://a.example', PROXY: 'http://b.example' },
	{ NPM_CONFIG_PROXY: 'http://a.example', ALL_PROXY: 'http://b.example' },
	{ Http_Proxy: 'http://a.example', no_PROXY: '*' },
	{ https_proxy: '', HTTPS_PROXY: '', ALL_PROXY: 'http://a.example' },
	{},
];

describe('the proxy is the one that n8n would ask', () => {
	it.each(variables)('by %j', (named) => {
		for (const noProxy of noProxies) {
			for (const name of ['no_proxy', 'NO_PROXY', 'npm_config_no_proxy']) {
				set({ ...named, [name]: noProxy });
				for (const url of urls) {
					const expected = getProxyForUrl(url);
					expect([noProxy, url, findProxy(url)?.origin ?? '']).toEqual([noProxy, url, expected]);
				}
			}
		}
	});
});
