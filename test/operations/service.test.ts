import { InvalidInput } from '../../nodes/ChatVideo/n8n/InvalidInput';
import { toBaseUrl } from '../../nodes/ChatVideo/operations/service';

const host = 'https://relay.example';

it.each([
	[host, host],
	[`${host}/`, host],
	[`${host}/v1`, host],
	[`${host}/v1//`, host],
	[`${host}/v1/chat/completions`, host],
	[` ${host}/api/v1/ `, `${host}/api`],
	['HTTPS://Relay.Example:8443/v1', `${host}:8443`],
])('the base URL %s is %s', (address, expected) => {
	expect(toBaseUrl(address)).toBe(expected);
});

it.each([
	['', 'it is empty'],
	['relay.example', 'relay.example'],
	['ftp://me:secret@relay.example', 'ftp://relay.example'],
	['me:secret@relay.example', 'relay.example'],
	['https://', 'https://'],
	[`${host}/v1?api-version=2026-01-01`, 'ends with ?api-version=2026-01-01'],
	[`${host}/v1#chat`, 'ends with #chat'],
	['https://me:secret@relay.example/v1', 'has a user or a password before relay.example'],
	['https://secret@relay.example/v1', 'has a user or a password before relay.example'],
	['https://:secret@relay.example/v1', 'has a user or a password before relay.example'],
])('the base URL %s is refused with a sentence', (address, says) => {
	let thrown: unknown;
	try {
		toBaseUrl(address);
	} catch (cause) {
		thrown = cause;
	}
	expect(thrown).toBeInstanceOf(InvalidInput);
	expect(thrown).toMatchObject({ message: expect.stringContaining(says) });
	expect(String(thrown)).not.toContain('secret');
});
