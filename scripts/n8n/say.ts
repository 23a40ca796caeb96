import { paintFor } from '../start/paint';

const { stdout } = process;
const paint = paintFor(stdout);

/** A log that is silent for longer looks dead. */
const silence = 30_000;

export const say = (text: string): void => void stdout.write(`${text}\n`);

/** Runs a step and shows it: what is going on and since when, and at its end how long it took. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
	const since = Date.now();
	const time = () => paint('dim', toDuration(Date.now() - since));
	const line = (mark: string, end: string) => stdout.write(`${mark} ${title} ${time()}${end}`);
	const redraw = stdout.isTTY ? () => line(`\r${paint('cyan', '…')}`, ' ') : () => line('…', '\n');
	redraw();
	const pulse = setInterval(redraw, stdout.isTTY ? 1_000 : silence);
	const finish = (mark: string) => {
		clearInterval(pulse);
		line(`${stdout.isTTY ? '\r' : ''}${mark}`, '\n');
	};
	try {
		const result = await work();
		finish(paint('green', '✔'));
		return result;
	} catch (error) {
		finish(paint('red', '✘'));
		throw error;
	}
}

function toDuration(milliseconds: number): string {
	const seconds = Math.round(milliseconds / 1000);
	return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
