// The main job by the types that openapi-typescript makes, with openapi-fetch. It prints what came of each step.
// openapi-fetch sends application/json unless a call says another Content-Type.
import createClient from 'openapi-fetch';
import { env } from './environment';
import type { components, paths } from './openapi';

const path = { envID: env('OATHBOUND_ENVIRONMENT_ID') };
const client = createClient<paths>({ baseUrl: env('OATHBOUND_URL') });

type ApiError = components['schemas']['ApiError'];

function there<T>(answer: { data?: T; error?: unknown }): T {
    if (answer.data === undefined) {
        throw new Error(JSON.stringify(answer.error));
    }
    return answer.data;
}

async function main() {
    const { access_token } = there(
        await client.POST('/{envID}/as/token', {
            params: { path },
            headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
            body: {
                grant_type: 'client_credentials',
                client_id: env('OATHBOUND_CLIENT_ID'),
                client_secret: env('OATHBOUND_CLIENT_SECRET'),
            },
        }),
    );
    // The header by hand that every call has.
    client.use({
        onRequest({ request }) {
            request.headers.set('Authorization', `Bearer ${access_token}`);
        },
    });

    const application = there(
        await client.POST('/v1/environments/{envID}/applications', {
            params: { path },
            body: { name: 'Help desk', roles: ['Help Desk'] },
        }),
    );
    console.log(application.roles[0]);
    await client.DELETE('/v1/environments/{envID}/applications/{applicationID}', {
        params: { path: { ...path, applicationID: application.id } },
    });

    const hotp = there(
        await client.POST('/v1/environments/{envID}/oathTokens', {
            params: { path },
            body: {
                type: 'HOTP',
                serialNumber: env('HOTP_SERIAL_NUMBER'),
                secret: env('HOTP_SECRET'),
                otpLength: 6,
                hotp: { counter: 7 },
            },
        }),
    );
    console.log(`${hotp.type}, counter ${hotp.hotp?.counter}`);
    const newTotp = {
        params: { path },
        body: {
            type: 'TOTP',
            serialNumber: env('TOTP_SERIAL_NUMBER'),
            secret: env('TOTP_SECRET'),
            otpLength: 6,
            totp: { timeStep: 30 },
        },
    } as const;
    const totp = there(await client.POST('/v1/environments/{envID}/oathTokens', newTotp));
    console.log(`${totp.type}, time step ${totp.totp?.timeStep}`);
    const refused: ApiError | undefined = (await client.POST('/v1/environments/{envID}/oathTokens', newTotp)).error;
    console.log(`${refused?.code}, ${refused?.details?.[0]?.code}, ${refused?.details?.[0]?.target}`);
    const job = there(
        await client.POST('/v1/environments/{envID}/oathJobs', {
            params: { path },
            headers: { 'Content-Type': 'application/vnd.pingidentity.job.oathtokens.create+json' },
            body: {
                type: 'CREATE_OATH_TOKENS',
                preview: true,
                tokens: [
                    {
                        type: 'HOTP',
                        serialNumber: env('HOTP_SERIAL_NUMBER') + 'X',
                        secret: env('HOTP_SECRET'),
                        otpLength: 8,
                    },
                ],
            },
        }),
    );
    console.log(`${job.type}, preview ${job.preview}`);

    const user = there(
        await client.POST('/v1/environments/{envID}/users', {
            params: { path },
            body: { username: env('HOTP_SERIAL_NUMBER') + '.owner' },
        }),
    );
    const ofUser = { params: { path: { ...path, userID: user.id } } };
    const fob = there(
        await client.POST('/v1/environments/{envID}/users/{userID}/devices', {
            ...ofUser,
            body: { type: 'OATH_TOKEN', serialNumber: hotp.serialNumber, status: 'ACTIVATION_REQUIRED' },
        }),
    );
    if (!('status' in fob)) {
        throw new Error('These are devices that were ordered');
    }
    console.log(`${fob.serialNumber}, ${fob.status}`);
    const activated = there(
        await client.POST('/v1/environments/{envID}/users/{userID}/devices/{deviceID}', {
            params: { path: { ...ofUser.params.path, deviceID: fob.id } },
            headers: { 'Content-Type': 'application/vnd.pingidentity.device.activate+json' },
            body: { otp: env('HOTP_CODE') },
        }),
    );
    console.log(activated.status);
    const second = there(
        await client.POST('/v1/environments/{envID}/users/{userID}/devices', {
            ...ofUser,
            body: { type: 'OATH_TOKEN', serialNumber: totp.serialNumber },
        }),
    );
    if (!('status' in second)) {
        throw new Error('These are devices that were ordered');
    }
    const flow = there(
        await client.POST('/{envID}/deviceAuthentications', {
            params: { path },
            body: { user: { id: user.id }, selectedDevice: { id: second.id } },
        }),
    );
    const signedOn = there(
        await client.POST('/{envID}/deviceAuthentications/{deviceAuthenticationID}', {
            params: { path: { ...path, deviceAuthenticationID: flow.id } },
            headers: { 'Content-Type': 'application/vnd.pingidentity.otp.check+json' },
            body: { otp: env('TOTP_CODE') },
        }),
    );
    console.log(signedOn.status);
    const blocked = there(
        await client.POST('/v1/environments/{envID}/users/{userID}/devices/{deviceID}', {
            params: { path: { ...ofUser.params.path, deviceID: fob.id } },
            headers: { 'Content-Type': 'application/vnd.pingidentity.device.block+json' },
        }),
    );
    console.log(blocked.block?.status);

    for (const oathTokenID of [hotp.id, totp.id]) {
        await client.DELETE('/v1/environments/{envID}/oathTokens/{oathTokenID}', {
            params: { path: { ...path, oathTokenID } },
        });
    }
    const gone = await client.GET('/v1/environments/{envID}/oathTokens/{oathTokenID}', {
        params: { path: { ...path, oathTokenID: hotp.id } },
    });
    console.log(gone.error?.code);
}

main();
