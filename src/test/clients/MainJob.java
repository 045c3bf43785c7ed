import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.AccessApi;
import org.openapitools.client.api.DeviceAuthenticationsApi;
import org.openapitools.client.api.DevicesApi;
import org.openapitools.client.api.OathJobsApi;
import org.openapitools.client.api.OathTokensApi;
import org.openapitools.client.api.UsersApi;
import org.openapitools.client.model.ApiError;
import org.openapitools.client.model.CreateOathTokens;
import org.openapitools.client.model.DeviceActivation;
import org.openapitools.client.model.DeviceStatus;
import org.openapitools.client.model.DeviceType;
import org.openapitools.client.model.ErrorDetail;
import org.openapitools.client.model.NewApplication;
import org.openapitools.client.model.NewDevice;
import org.openapitools.client.model.NewDeviceAuthentication;
import org.openapitools.client.model.NewDeviceAuthenticationSelectedDevice;
import org.openapitools.client.model.NewHotp;
import org.openapitools.client.model.NewOathToken;
import org.openapitools.client.model.NewTotp;
import org.openapitools.client.model.NewUser;
import org.openapitools.client.model.OathTokenRow;
import org.openapitools.client.model.OathTokenType;
import org.openapitools.client.model.OtpCheck;
import org.openapitools.client.model.OtpLength;
import org.openapitools.client.model.Reference;
import org.openapitools.client.model.RoleTitle;

/** The main job by the client that openapi-generator makes for Java (library native). It prints what came of each step. */
class MainJob {

    private final UUID environment = UUID.fromString(System.getenv("OATHBOUND_ENVIRONMENT_ID"));
    private final ApiClient client = new ApiClient();
    private final ApiClient blocking = new ApiClient();

    public static void main(String[] arguments) throws ApiException, IOException {
        new MainJob().run();
    }

    private void run() throws ApiException, IOException {
        client.updateBaseUri(System.getenv("OATHBOUND_URL"));
        String accessToken = new AccessApi(client)
                .issueAccessToken(
                        environment,
                        "client_credentials",
                        null,
                        null,
                        null,
                        System.getenv("OATHBOUND_CLIENT_ID"),
                        System.getenv("OATHBOUND_CLIENT_SECRET"),
                        null,
                        null,
                        null,
                        null)
                .getAccessToken();
        // The one header by hand.
        client.setRequestInterceptor(request -> request.setHeader("Authorization", "Bearer " + accessToken));
        // Of several media types the generated method sends the first; the interceptor says another.
        blocking.updateBaseUri(System.getenv("OATHBOUND_URL"));
        blocking.setRequestInterceptor(request -> request.setHeader("Authorization", "Bearer " + accessToken)
                .setHeader("Content-Type", "application/vnd.pingidentity.device.block+json"));
        createApplication();

        OathTokensApi tokens = new OathTokensApi(client);
        NewOathToken newHotp = new NewOathToken()
                .type(OathTokenType.HOTP)
                .serialNumber(System.getenv("HOTP_SERIAL_NUMBER"))
                .secret(System.getenv("HOTP_SECRET"))
                .otpLength(OtpLength.NUMBER_6)
                .hotp(new NewHotp().counter(7L));
        var hotp = tokens.createOathToken(environment, newHotp, null, null, null);
        System.out.println(hotp.getType() + ", counter " + hotp.getHotp().getCounter());
        NewOathToken newTotp = new NewOathToken()
                .type(OathTokenType.TOTP)
                .serialNumber(System.getenv("TOTP_SERIAL_NUMBER"))
                .secret(System.getenv("TOTP_SECRET"))
                .otpLength(OtpLength.NUMBER_6)
                .totp(new NewTotp().timeStep(NewTotp.TimeStepEnum.NUMBER_30));
        var totp = tokens.createOathToken(environment, newTotp, null, null, null);
        System.out.println(totp.getType() + ", time step " + totp.getTotp().getTimeStep());
        try {
            tokens.createOathToken(environment, newTotp, null, null, null);
        } catch (ApiException e) {
            ErrorDetail detail = error(e).getDetails().getFirst();
            System.out.println(error(e).getCode() + ", " + detail.getCode() + ", " + detail.getTarget());
        }
        previewJob();

        NewUser newUser = new NewUser().username(System.getenv("HOTP_SERIAL_NUMBER") + ".owner");
        UUID user = new UsersApi(client)
                .createUser(environment, newUser, null, null, null)
                .getId();
        DevicesApi devices = new DevicesApi(client);
        NewDevice newFob = new NewDevice()
                .type(DeviceType.OATH_TOKEN)
                .serialNumber(hotp.getSerialNumber())
                .status(DeviceStatus.ACTIVATION_REQUIRED);
        var fob = devices.createDevice(environment, user, newFob, null, null, null);
        System.out.println(fob.getSerialNumber() + ", " + fob.getStatus());
        DeviceActivation activation = new DeviceActivation().otp(System.getenv("HOTP_CODE"));
        System.out.println(devices.actOnDevice(environment, user, fob.getId(), null, null, null, activation)
                .getStatus());
        NewDevice second = new NewDevice().type(DeviceType.OATH_TOKEN).serialNumber(totp.getSerialNumber());
        signOn(user, devices.createDevice(environment, user, second, null, null, null).getId());
        var blocked = new DevicesApi(blocking).actOnDevice(environment, user, fob.getId(), null, null, null, null);
        System.out.println(blocked.getBlock().getStatus());

        tokens.revokeOathToken(environment, hotp.getId(), null, null, null);
        tokens.revokeOathToken(environment, totp.getId(), null, null, null);
        try {
            tokens.readOathToken(environment, hotp.getId(), null, null, null, null);
        } catch (ApiException e) {
            System.out.println(error(e).getCode());
        }
    }

    private void createApplication() throws ApiException {
        NewApplication helpDesk = new NewApplication().name("Help desk").roles(List.of(RoleTitle.HELP_DESK));
        var created = new AccessApi(client).createApplication(environment, helpDesk, null, null, null);
        System.out.println(created.getRoles().getFirst());
        new AccessApi(client).deleteApplication(environment, created.getId(), null, null, null);
    }

    private void previewJob() throws ApiException {
        CreateOathTokens job = new CreateOathTokens()
                .type(CreateOathTokens.TypeEnum.CREATE_OATH_TOKENS)
                .preview(true)
                .addTokensItem(new OathTokenRow()
                        .type(OathTokenType.HOTP)
                        .serialNumber(System.getenv("HOTP_SERIAL_NUMBER") + "X")
                        .secret(System.getenv("HOTP_SECRET"))
                        .otpLength(OtpLength.NUMBER_8));
        var accepted = new OathJobsApi(client)
                .createOathJob(environment, job, null, null, null, null, null, null, null, null, null, null, null, null);
        System.out.println(accepted.getType() + ", preview " + accepted.getPreview());
    }

    private void signOn(UUID user, UUID device) throws ApiException {
        DeviceAuthenticationsApi flows = new DeviceAuthenticationsApi(client);
        NewDeviceAuthentication start = new NewDeviceAuthentication()
                .user(new Reference().id(user))
                .selectedDevice(new NewDeviceAuthenticationSelectedDevice().id(device));
        UUID flow = flows.createDeviceAuthentication(environment, start, null, null, null)
                .getId();
        OtpCheck check = new OtpCheck().otp(System.getenv("TOTP_CODE"));
        System.out.println(flows.continueDeviceAuthentication(environment, flow, check, null, null, null)
                .getStatus());
    }

    private ApiError error(ApiException e) throws IOException {
        return client.getObjectMapper().readValue(e.getResponseBody(), ApiError.class);
    }
}
