import { ChatError } from '../../chat/errors';
import { withoutUser } from '../withoutUser';
import { environment } from './environment';

/** A proxy that takes requests over HTTP. */
export interface Proxy {
	/** Scheme, host and port. */
	origin: string;
	/** For https it is asked for a tunnel; requests for http it takes as they are. */
	isTunnel: boolean;
	/** The variable that names it, for sentences. */
	variable: string;
	/** The value of `Proxy-Authorization`, where the variable holds a user or a password. */
	authorization?: string;
}

/**
 * The proxy to ask for an address, by the variables n8n reads and in its order (those of the
 * package proxy-from-env); `undefined` where the address is to be asked directly.
 *
 * @throws {ChatError} when the variable cannot be used
 */
export function findProxy(address: string): Proxy | undefined {
	const { protocol, host, port } = new URL(address);
	const scheme = protocol.slice(0, -1);
	const variable = findVariable(
		`npm_config_${scheme}_proxy`,
		`${scheme}_proxy`,
		'npm_config_proxy',
		'all_proxy',
	);
	if (variable === undefined) return undefined;
	if (isLeftOut(host.replace(/:\d*$/, ''), Number(port) || defaultPorts[scheme])) return undefined;
	return toProxy(variable, scheme === 'https');
}

const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443 };

interface Variable {
	name: string;
	value: string;
}

/** The first that is set, in either case; an empty one is not. */
function findVariable(...names: readonly string[]): Variable | undefined {
	for (const name of names.flatMap((lower) => [lower, lower.toUpperCase()])) {
		const value = environment(name);
		if (value) return { name, value };
	}
	return undefined;
}

/** Whether NO_PROXY names a host: as it is, with its port, by `*.suffix`, `.suffix` or `*`. */
function isLeftOut(host: string, port: number | undefined): boolean {
	const list = findVariable('npm_config_no_proxy', 'no_proxy')?.value.toLowerCase() ?? '';
	return list.split(/[,\s]/).some((entry) => {
		const [, name = entry, only] = /^(.+):(\d+)$/.exec(entry) ?? [];
		if (name === '' || (only !== undefined && Number(only) !== port)) return false;
		return /^[.*]/.test(name) ? host.endsWith(name.replace(/^\*/, '')) : host === name;
	});
}

function toProxy({ name, value }: Variable, isTunnel: boolean): Proxy {
	// Curl and n8n take a proxy without a scheme for one of http.
	const address = value.includes('://') ? value : `http://${value}`;
	const shown = withoutUser(value).slice(0, 100);
	if (!URL.canParse(address)) throw unusable(name, `“${shown}” is no address`);
	const { protocol, origin, username, password } = new URL(address);
	if (!/^https?:$/.test(protocol)) {
		throw unusable(name, `${shown} is not an http:// or https:// address`);
	}
	const user = `${decode(username)}:${decode(password)}`;
	return {
		origin,
		isTunnel,
		variable: name,
		...(user !== ':' && { authorization: `Basic ${Buffer.from(user).toString('base64')}` }),
	};
}

/** A `%` that escapes nothing is one of the password's own. */
const decode = (text: string): string =>
	text.replace(/(?:%[\da-f]{2})+/gi, (escaped) => {
		try {
			return decodeURIComponent(escaped);
		} catch {
			return escaped;
		}
	});

const unusable = (variable: string, reason: string): ChatError =>
	new ChatError('unavailable', `The proxy of the variable ${variable} cannot be used: ${reason}`, {
		billing: 'none',
		advice: `Ask the administrator of this n8n to correct ${variable}, or to name the host in NO_PROXY.`,
	});
