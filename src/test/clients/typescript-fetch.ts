// The main job by the client that openapi-generator makes for typescript-fetch. It prints what came of each step.
import {
    AccessApi,
    ApiErrorFromJSON,
    Configuration,
    DeviceAuthenticationsApi,
    DevicesApi,
    IssueAccessTokenGrantTypeEnum,
    NewOathToken,
    OATHJobsApi,
    OATHTokensApi,
    ResponseError,
    RoleTitle,
    UsersApi,
} from './typescript-fetch/index';
import { env } from './environment';

const envID = env('OATHBOUND_ENVIRONMENT_ID');
const basePath = env('OATHBOUND_URL');

async function refused(call: Promise<unknown>) {
    try {
        await call;
    } catch (e) {
        if (e instanceof ResponseError) {
            return ApiErrorFromJSON(await e.response.json());
        }
        throw e;
    }
    throw new Error('It was not refused');
}

async function main() {
    const { accessToken } = await new AccessApi(new Configuration({ basePath })).issueAccessToken({
        envID,
        grantType: IssueAccessTokenGrantTypeEnum.ClientCredentials,
        clientId: env('OATHBOUND_CLIENT_ID'),
        clientSecret: env('OATHBOUND_CLIENT_SECRET'),
    });
    const configuration = new Configuration({ basePath, accessToken });

    const applications = new AccessApi(configuration);
    const application = await applications.createApplication({
        envID,
        newApplication: { name: 'Help desk', roles: [RoleTitle.HelpDesk] },
    });
    console.log(application.roles[0]);
    await applications.deleteApplication({ envID, applicationID: application.id });

    const tokens = new OATHTokensApi(configuration);
    const hotp = await tokens.createOathToken({
        envID,
        newOathToken: {
            type: 'HOTP',
            serialNumber: env('HOTP_SERIAL_NUMBER'),
            secret: env('HOTP_SECRET'),
            otpLength: 6,
            hotp: { counter: 7 },
        },
    });
    console.log(`${hotp.type}, counter ${hotp.hotp?.counter}`);
    const newTotp: NewOathToken = {
        type: 'TOTP',
        serialNumber: env('TOTP_SERIAL_NUMBER'),
        secret: env('TOTP_SECRET'),
        otpLength: 6,
        totp: { timeStep: 30 },
    };
    const totp = await tokens.createOathToken({ envID, newOathToken: newTotp });
    console.log(`${totp.type}, time step ${totp.totp?.timeStep}`);
    const { code, details } = await refused(tokens.createOathToken({ envID, newOathToken: newTotp }));
    console.log(`${code}, ${details?.[0]?.code}, ${details?.[0]?.target}`);
    const job = await new OATHJobsApi(configuration).createOathJob({
        envID,
        createOathTokens: {
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
    });
    console.log(`${job.type}, preview ${job.preview}`);

    const { id: userID } = await new UsersApi(configuration).createUser({
        envID,
        newUser: { username: env('HOTP_SERIAL_NUMBER') + '.owner' },
    });
    const devices = new DevicesApi(configuration);
    const fob = await devices.createDevice({
        envID,
        userID,
        newDevice: { type: 'OATH_TOKEN', serialNumber: hotp.serialNumber, status: 'ACTIVATION_REQUIRED' },
    });
    console.log(`${fob.serialNumber}, ${fob.status}`);
    const activated = await devices.actOnDevice({
        envID,
        userID,
        deviceID: fob.id,
        deviceActivation: { otp: env('HOTP_CODE') },
    });
    console.log(activated.status);
    const second = await devices.createDevice({
        envID,
        userID,
        newDevice: { type: 'OATH_TOKEN', serialNumber: totp.serialNumber },
    });
    const flows = new DeviceAuthenticationsApi(configuration);
    const flow = await flows.createDeviceAuthentication({
        envID,
        newDeviceAuthentication: { user: { id: userID }, selectedDevice: { id: second.id } },
    });
    const signedOn = await flows.continueDeviceAuthentication({
        envID,
        deviceAuthenticationID: flow.id,
        otpCheck: { otp: env('TOTP_CODE') },
    });
    console.log(signedOn.status);
    // Of several media types the generated method sends the first; this says another.
    const blocked = await devices.actOnDevice({ envID, userID, deviceID: fob.id }, async ({ init }) => ({
        headers: { ...init.headers, 'Content-Type': 'application/vnd.pingidentity.device.block+json' },
    }));
    console.log(blocked.block?.status);

    await tokens.revokeOathToken({ envID, oathTokenID: hotp.id });
    await tokens.revokeOathToken({ envID, oathTokenID: totp.id });
    console.log((await refused(tokens.readOathToken({ envID, oathTokenID: hotp.id }))).code);
}

main();
