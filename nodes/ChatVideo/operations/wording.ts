import { isRecord } from '../chat/json';
import { modelField } from './fields';
import { historyFields } from './history';
import { imagesField } from './images';
import { optionsInRequest } from './options';
import { shapeFields } from './shape';

/** The parameters and options that change what is sent: with another value it is another call. */
const inRequest: ReadonlySet<string> = new Set([
	'operation',
	'prompt',
	...[modelField, imagesField, ...shapeFields, ...historyFields].map(({ name }) => name),
	...optionsInRequest,
]);

/**
 * What the user wrote for a call, as text: the same for a prompt with the time in it, whatever
 * becomes of it. Empty where there is no expression, as then what is sent says as much.
 *
 * @param parameters the node's, as they are written
 */
export function toWording(parameters: unknown): string {
	const { options, ...others } = isRecord(parameters) ? parameters : {};
	const all = Object.entries({ ...(isRecord(options) && options), ...others });
	const requested = all.filter(([name]) => inRequest.has(name));
	const wording = JSON.stringify(requested, withoutCaches);
	return wording.includes('"=') ? wording : '';
}

/** What the editor notes with a choice from a list, and how it was chosen, is not what is sent. */
const withoutCaches = (_: string, value: unknown): unknown =>
	isRecord(value) && value.__rl === true ? value.value : value;
