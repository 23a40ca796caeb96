import { modelField, promptField } from './fields';
import { historyFields } from './history';
import { imagesField } from './images';
import { optionsInRequest } from './options';
import { shapeFields } from './shape';

const prompt = promptField('', '');

/** The parameters and options that change what is sent: with another value it is another call. */
export const inRequest: ReadonlySet<string> = new Set([
	'operation',
	...[modelField, prompt, imagesField, ...shapeFields, ...historyFields].map(({ name }) => name),
	...optionsInRequest,
]);
