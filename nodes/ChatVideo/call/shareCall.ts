/** What is being made in this process, by its owner and name. */
const underWay = new WeakMap<object, Map<string, Promise<unknown>>>();

/** Makes something, or gives what is being made under the same name already, failure included. */
export async function shareCall<Made>(
	owner: object,
	name: string,
	make: () => Promise<Made>,
): Promise<Made> {
	const making = underWay.get(owner) ?? new Map<string, Promise<unknown>>();
	underWay.set(owner, making);
	const begun = making.get(name);
	if (begun) return (await begun) as Made;
	const made = make().finally(() => making.delete(name));
	making.set(name, made);
	return await made;
}
