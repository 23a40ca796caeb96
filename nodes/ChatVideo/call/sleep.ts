import type { TaskLinks } from '../chat/errors';
import { lastPercent, type LogEntry } from '../transcript/progressLog';
import type { PartialResult } from '../transcript/result';

/** A call whose video is being made while nobody waits for it; later it is asked for. */
export interface SleepingCall {
	kind: 'asleep';
	/** When to ask for it, in milliseconds since 1970. */
	lookAt: number;
	task: TaskLinks;
	partial: PartialResult;
	sleep: Sleep;
}

export const isAsleep = (made: object): made is SleepingCall =>
	'kind' in made && made.kind === 'asleep';

/** What is kept of a call through its sleep, so that it goes on as if there had been none. */
export interface Sleep {
	/** When its turn began, in milliseconds since 1970. */
	since: number;
	log: readonly LogEntry[];
	/** How many looks in a row found that nobody knows the task. */
	unknown: number;
	/** It has ended in an error; n8n's Retry On Fail has what is left of its time. */
	isOver?: true;
}

/**
 * Milliseconds. n8n looks once a minute for executions to wake within the next 70 seconds; a shorter
 * sleep ends late by up to that minute, and n8n's own Wait node keeps it in memory alone.
 */
export const shortestSleep = 65_000;

const longestSleep = 5 * 60_000; // ms; a progress that stands still says nothing of the end
const spread = 5_000; // ms; what began at once must not wake at once

/** A task may be a moment late to show up where it is asked for, but not minutes. */
export const looksUntilUnknown = 3;

/** When the video may be done: as the progress so far goes on, and soon where none was seen. */
export function nextLook({ since, log }: Sleep, now: number): number {
	const percent = lastPercent(log) ?? 0;
	const left = percent > 0 ? ((now - since) * (100 - percent)) / percent : 0;
	const wait = Math.min(Math.max(left, shortestSleep), longestSleep);
	return now + wait + Math.random() * spread;
}
