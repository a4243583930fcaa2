export function bundleProgram(name: string, entry: string): Promise<string>;
