/** Packages that hold nothing but Node's own binary, one for each platform. */
export const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
