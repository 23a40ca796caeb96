import { figures, type FigureName } from './figures';
import type { Setting } from './figures/figure';

/** Measures one figure, as the parent says, and gives it what came out. */
async function main(): Promise<void> {
	const [name, setting] = JSON.parse(process.argv[2] ?? '') as [FigureName, Setting];
	const figure = await figures[name]();
	const measured = await figure(setting);
	process.send?.(measured, undefined, undefined, () => process.exit());
}

main().catch((error: Error) => {
	process.stderr.write(`${error.stack}\n`);
	process.exit(1);
});
