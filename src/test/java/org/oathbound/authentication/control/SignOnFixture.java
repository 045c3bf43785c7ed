package org.oathbound.authentication.control;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.authentication.entity.Flow;
import org.oathbound.authentication.entity.NewFlow;
import org.oathbound.device.control.DevicePairing.Paired;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.App;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.device.entity.NewDevice.Kind;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.environment.OathSettings;
import org.oathbound.environment.Policy;
import org.oathbound.environment.StoredSettings;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.Secrets;
import org.oathbound.otp.SharedSecret;
import org.oathbound.password.GuessLimit;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Validity;

/** People with fobs of the published secret, and flows for them, over a real directory and a real cache. */
final class SignOnFixture {

    /** What every fob expects next; its codes have eight digits. */
    static final long COUNTER = 456_789;

    static final Passcode RIGHT = code("57107121");
    static final Passcode NEXT = code("10023641");
    static final Passcode FAR = code("70714254");
    static final Passcode BEHIND_FAR = code("68079661");
    static final Passcode WRONG = code("00000000");

    static final UUID APPLICATION = UUID.randomUUID();

    private static final String SECRET = "6EBD59F71A634C48C4619CD33F6C385C9237C9BA";

    private volatile Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final AtomicReference<Runnable> afterWrite = new AtomicReference<>(() -> {});
    private final AtomicBoolean published = new AtomicBoolean();
    private boolean failing;

    final Clock clock = clock();
    final WholeDirectory directory = observed(Directories.fresh());
    final Environment environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
    final DevicesFixture all;
    final Flows flows = new Flows(clock);
    final StoredSettings stored;
    final CodeCheck codes;
    final SignOn signOn;
    final StaffSignIn staff;
    final RoleHolders holders;

    SignOnFixture(Seals seals) {
        all = new DevicesFixture(directory, seals, clock);
        stored = new StoredSettings(directory, all.settings, clock);
        FindUsableDevices usableDevices = new FindUsableDevices(all.enrolments, all.devices, all.settings, clock);
        codes = new CodeCheck(all.persons, all.verification, usableDevices, flows, clock);
        signOn = new SignOn(all.persons, stored, all.bypass, usableDevices, codes, flows, clock);
        holders = new RoleHolders(directory);
        staff = new StaffSignIn(all.persons, all.passwords, new GuessLimit(0), usableDevices, all.verification);
    }

    static Passcode code(String digits) {
        return Passcode.parse(digits).orElseThrow();
    }

    /** What the device, a fob, shows next. */
    Passcode next(UUID person, UUID device) {
        return new Hotp(
                        Secrets.of(
                                token(person, device).metadata().serialNumber().value()),
                        HashAlgorithm.SHA_1,
                        8)
                .generate(nextCounter(person, device));
    }

    /** The code of the first fob's later counter. */
    static Passcode codeAt(long counter) {
        return new Hotp(SharedSecret.ofHex(SECRET), HashAlgorithm.SHA_1, 8).generate(counter);
    }

    Instant now() {
        return now;
    }

    void pass(Duration duration) {
        now = now.plus(duration);
    }

    /** The directory takes no more writes, or does again. */
    void failWrites(boolean fail) {
        failing = fail;
    }

    /** Done once, as soon as the next write is stored, before the writer learns of it. */
    void afterNextWrite(Runnable action) {
        afterWrite.set(action);
    }

    /** Somebody without any device. */
    UUID person() {
        return all.person(environment, "u" + UUID.randomUUID()).id();
    }

    /** A fob that nobody has: the first has the published secret, each later one a secret of its own. */
    SerialNumber fob() {
        SerialNumber serialNumber =
                new SerialNumber(UUID.randomUUID().toString().replace("-", ""));
        all.tokens.create(
                environment,
                new NewToken(
                        serialNumber,
                        published.getAndSet(true) ? Secrets.of(serialNumber.value()) : SharedSecret.ofHex(SECRET),
                        HashAlgorithm.SHA_1,
                        8,
                        new Counter(COUNTER),
                        new NewToken.Label(null, null, null, null),
                        Validity.ALWAYS));
        return serialNumber;
    }

    /** Gives somebody a new fob, which is active. */
    UUID pair(UUID person) {
        return pair(person, new Fob(fob()), Device.Status.ACTIVE, null)
                .device()
                .device()
                .id();
    }

    UUID pair(UUID person, SerialNumber fob) {
        return pair(person, new Fob(fob), Device.Status.ACTIVE, null)
                .device()
                .device()
                .id();
    }

    UUID pairApp(UUID person) {
        return pair(person, new App(), Device.Status.ACTIVE, null)
                .device()
                .device()
                .id();
    }

    Paired pair(UUID person, Kind kind, Device.Status status, @Nullable UUID replaces) {
        return all.pairing.pair(environment, person, new NewDevice(kind, status, null, replaces));
    }

    /** The token of somebody's device, as it stands. */
    Token token(UUID person, UUID device) {
        return all.devices.get(environment, person, device).token();
    }

    TokenId tokenId(UUID person, UUID device) {
        return token(person, device).metadata().id();
    }

    long nextCounter(UUID person, UUID device) {
        return ((Token.HotpToken) token(person, device)).nextCounter();
    }

    int failures(UUID person, UUID device) {
        return token(person, device).failureState().failures();
    }

    void letBypass() {
        set(true, false);
    }

    /** A code is enough without any password. */
    void letCodesAlone() {
        set(false, true);
    }

    private void set(boolean bypass, boolean codeAlone) {
        OathSettings usual = OathSettings.DEFAULT;
        stored.replace(
                environment,
                new OathSettings(
                        usual.hotp(),
                        usual.totp(),
                        usual.autoResync(),
                        bypass,
                        usual.enrolByPassword(),
                        usual.serialNumberPunctuation(),
                        usual.bind(),
                        codeAlone,
                        false));
    }

    /** Switches a kind of device off, {@code oathToken} or {@code totp}. */
    void switchOff(String method) {
        Policy policy = stored.of(environment).policies().get(environment.firstPolicy());
        stored.replace(
                environment,
                policy.id(),
                Json.createPointer("/" + method + "/enabled").replace(policy.document(), jakarta.json.JsonValue.FALSE));
    }

    NewFlow flowFor(UUID person) {
        return new NewFlow(person, null, null, null);
    }

    Flow begin(UUID person) {
        return signOn.begin(environment, APPLICATION, flowFor(person)).flow();
    }

    Flow begin(UUID person, UUID device, @Nullable Passcode code) {
        return signOn.begin(environment, APPLICATION, new NewFlow(person, null, device, code))
                .flow();
    }

    /** Three wrong codes lock the token of somebody's device. */
    void lock(UUID person, UUID device) {
        for (int n = 0; n < 3; n++) {
            assertThatThrownBy(() -> begin(person, device, WRONG)).isInstanceOf(Problem.InvalidData.class);
        }
    }

    Flow check(Flow flow, Passcode code) {
        return codes.check(environment, flow.subject().id(), code);
    }

    Flow read(Flow flow) {
        return signOn.read(environment, flow.subject().id()).flow();
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    private WholeDirectory observed(WholeDirectory behind) {
        return (WholeDirectory) Proxy.newProxyInstance(
                SignOnFixture.class.getClassLoader(),
                new Class<?>[] {WholeDirectory.class},
                (proxy, method, arguments) -> {
                    boolean write = method.getName().equals("modifyIfUnchanged");
                    if (write && failing) {
                        throw new Problem.Unavailable("The disk is full.", Duration.ofSeconds(30));
                    }
                    try {
                        Object answer = method.invoke(behind, arguments);
                        if (write) {
                            afterWrite.getAndSet(() -> {}).run();
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
