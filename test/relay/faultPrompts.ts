import { refusals } from './refusals';
import type { Situation } from './situations';

/** A fault that a prompt asks for, so that who tries the node meets it free of charge. */
interface FaultPrompt {
	/** What the prompt says after "fail:". */
	word: string;
	/** What happens, and how to go on. */
	about: string;
	situation: Situation;
}

const likeness = 'This content may violate our guardrails concerning third-party likeness';

export const faultPrompts: readonly FaultPrompt[] = [
	{
		word: 'key',
		about: 'the API key is refused; nothing was paid for',
		situation: refusals.unauthorized(),
	},
	{
		word: 'quota',
		about: 'the account is empty; nothing was paid for',
		situation: refusals.quota(),
	},
	{
		word: 'model',
		about: 'the service does not have the model; nothing was paid for',
		situation: refusals.modelNotFound(),
	},
	{
		word: 'busy',
		about:
			'too many requests: tried again by itself, as that is free, and given up after Max Tries',
		situation: refusals.rateLimited(1),
	},
	{
		word: 'moderated',
		about: 'the video is refused on the way; change the prompt',
		situation: { kind: 'generate', fails: { at: 36, reason: likeness } },
	},
	{
		word: 'gateway',
		about: 'a gateway gives up, and nobody knows whether it cost something: not sent again',
		situation: refusals.html(504, true),
	},
	{
		word: 'cut',
		about: 'the answer breaks off; the task is asked for, and the video is there all the same',
		situation: { kind: 'generate', cutAt: 'afterProgress' },
	},
	{
		word: 'late',
		about:
			'the answer breaks off, and at first nobody knows the task; enter the id from the error in Get video',
		situation: { kind: 'generate', cutAt: 'afterProgress', tasks: { kind: 'late', unknown: 8 } },
	},
	{
		word: 'file',
		about: 'the video is made, but its file cannot be downloaded; the item keeps the links',
		situation: { kind: 'generate', media: { answer: 'notFound' } },
	},
	{
		word: 'page',
		about: 'a web page answers, as where the Base URL is wrong',
		situation: { kind: 'html200' },
	},
];

/** What a prompt asks for; undefined for one that wants a video. */
export function faultOf(prompt: string): Situation | undefined {
	const word = /^\s*fail:\s*(\w*)/i.exec(prompt)?.[1]?.toLowerCase();
	if (word === undefined) return undefined;
	const found = faultPrompts.find((row) => row.word === word);
	const known = faultPrompts.map((row) => row.word).join(', ');
	return found?.situation ?? refusals.badRequest(`After "fail:" this relay knows: ${known}`);
}
