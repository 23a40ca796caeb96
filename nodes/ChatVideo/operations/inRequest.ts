import { modelField, promptField } from './fields';
import { historyFields } from './history';
import { imagesField } from './images';
import { optionsInRequest } from './options';

const prompt = promptField('', '');

/** The parameters and options that change what is sent: with another value it is another call. */
export const inRequest: ReadonlySet<string> = new Set([
	'operation',
	...[modelField, prompt, imagesField, ...historyFields].map(({ name }) => name),
	...optionsInRequest,
]);
