declare const process: { env: Record<string, string | undefined> };

/** What the test tells by an environment variable. */
export function env(name: string): string {
    const value = process.env[name];
    if (value === undefined) {
        throw new Error(`${name} is not set`);
    }
    return value;
}
