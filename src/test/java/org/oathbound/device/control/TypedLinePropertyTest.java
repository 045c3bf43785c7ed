package org.oathbound.device.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.TestClock;
import org.oathbound.device.entity.Credential.Joined;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.environment.Lockout;
import org.oathbound.environment.OathSettings;
import org.oathbound.environment.StoredSettings;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.SharedSecret;
import org.oathbound.person.entity.Person;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.FailureState;
import org.oathbound.token.entity.LineFailures;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.Validity;

/**
 * The rules of typed lines told a second time, as slow as they like: of random lines of a person who has three fobs, one of them
 * with longer codes, the directory must come to the same counts as this. {@code -Dlines.seed} repeats a run.
 */
@DisplayName(
        "A typed line counts where its password is right, never twice, and a success takes back what it counted elsewhere")
@Tag("slow")
class TypedLinePropertyTest {

    private static final int LIVES = 12;
    private static final int LINES = 120;
    private static final String PASSWORD = "correct horse";
    private static final int LOOK_AHEAD = 10;

    private final Map<String, Integer> outcomes = new TreeMap<>();

    @TempDir
    Path keys;

    @Test
    void whateverIsTyped() {
        long seed = Long.getLong("lines.seed", System.nanoTime());
        for (int life = 0; life < LIVES; life++) {
            new Life(seed + life).run();
        }
        assertThat(outcomes)
                .as("seed %d", seed)
                .containsKeys("accepted", "counted", "no guess", "wrong password", "taken back", "locked fob");
    }

    /** One fob, as the rules have it. */
    private static final class Model {

        final UUID device;
        final Hotp codes;
        final int digits;
        long next;
        int failures;
        Instant lockedUntil = Instant.MIN;
        final TreeSet<Long> accepted = new TreeSet<>();
        int lines;
        int takenBack;

        Model(UUID device, Hotp codes, int digits) {
            this.device = device;
            this.codes = codes;
            this.digits = digits;
        }

        String code(long counter) {
            return codes.generate(counter).text();
        }

        boolean isLocked(Instant now) {
            return failures >= 20 || now.isBefore(lockedUntil);
        }

        boolean fits(String code) {
            for (long counter = next; counter <= next + LOOK_AHEAD; counter++) {
                if (code(counter).equals(code)) {
                    return true;
                }
            }
            return false;
        }

        boolean wasAccepted(String code) {
            return accepted.stream().anyMatch(counter -> code(counter).equals(code));
        }

        void accept(String code) {
            while (!code(next).equals(code)) {
                next++;
            }
            accepted.add(next++);
            if (accepted.size() > 5) {
                accepted.pollFirst();
            }
            failures = 0;
            lockedUntil = Instant.MIN;
            lines = 0;
            takenBack = 0;
        }

        void count(Lockout lockout, Instant now) {
            failures++;
            lines++;
            lockedUntil = failures < lockout.limit() ? Instant.MIN : now.plus(lockout.after(failures));
        }

        int takeBack(Lockout lockout) {
            int less = Math.min(lines, 20 - takenBack);
            failures -= less;
            lines -= less;
            takenBack += less;
            if (less > 0 && failures < lockout.limit()) {
                lockedUntil = Instant.MIN;
            }
            return less;
        }
    }

    private final class Life {

        private final long seed;
        private final Random random;
        private final TestClock clock = new TestClock(Instant.parse("2026-01-02T03:04:05Z"));
        private final WholeDirectory directory = Directories.fresh();
        private final Environment environment =
                new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        private final DevicesFixture all;
        private final Person jane;
        private final List<Model> fobs = new ArrayList<>();
        private final Lockout lockout;
        private int passwordFailures;
        private Instant passwordLockedUntil = Instant.MIN;

        Life(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.all = new DevicesFixture(directory, new Seals(KeySets.in(keys)), clock);
            this.jane = all.person(environment, "jane");
            this.lockout = all.settings.of(environment).fobs();
            all.persons.setPassword(environment, jane.id(), PASSWORD);
            OathSettings usual = OathSettings.DEFAULT;
            boolean autoResync = false; // what is far away would need a third telling
            new StoredSettings(directory, all.settings, clock)
                    .replace(
                            environment,
                            new OathSettings(
                                    usual.hotp(),
                                    usual.totp(),
                                    autoResync,
                                    true,
                                    usual.enrolByPassword(),
                                    usual.serialNumberPunctuation(),
                                    usual.bind(),
                                    false,
                                    false));
            pair("A", 6);
            pair("B", 6);
            pair("C", 8);
        }

        private void pair(String serialNumber, int digits) {
            SharedSecret secret =
                    SharedSecret.ofHex("31323334353637383930313233343536373839" + (serialNumber.charAt(0) - 'A') + "7");
            all.tokens.create(
                    environment,
                    new NewToken(
                            new SerialNumber(serialNumber),
                            secret,
                            HashAlgorithm.SHA_1,
                            digits,
                            new Counter(0),
                            new NewToken.Label(null, null, null, null),
                            Validity.ALWAYS));
            UUID device = all.pairing
                    .pair(
                            environment,
                            jane.id(),
                            new NewDevice(new Fob(new SerialNumber(serialNumber)), Device.Status.ACTIVE, null, null))
                    .device()
                    .device()
                    .id();
            fobs.add(new Model(device, new Hotp(secret, HashAlgorithm.SHA_1, digits), digits));
        }

        void run() {
            for (int i = 0; i < LINES; i++) {
                clock.move(Duration.ofSeconds(random.nextInt(10) == 0 ? random.nextInt(4_000) : random.nextInt(40)));
                String line = (random.nextInt(5) == 0 ? "wrong" : PASSWORD) + code();
                boolean expected = expected(line);
                boolean signedIn = all.signIn
                        .signIn(environment, all.persons.read(environment, "jane"), new Joined(line))
                        .isPresent();
                assertThat(signedIn).as("line %d of seed %d", i, seed).isEqualTo(expected);
                for (Model fob : fobs) {
                    assertThat(state(fob)).as("line %d of seed %d", i, seed).isEqualTo(expected(fob));
                }
            }
        }

        private String code() {
            Model fob = fobs.get(random.nextInt(fobs.size()));
            return switch (random.nextInt(6)) {
                case 0 -> "%06d".formatted(random.nextInt(1_000_000));
                case 1 -> "%08d".formatted(random.nextInt(100_000_000));
                case 2 -> fob.code(Math.max(0, fob.next - 1 - random.nextInt(8)));
                default -> fob.code(fob.next + random.nextInt(3));
            };
        }

        /** Whether it lets in, with all that it counts. */
        private boolean expected(String line) {
            Instant now = clock.instant();
            List<Model> typed = fobs.stream()
                    .filter(fob -> line.substring(line.length() - fob.digits).matches("[0-9]+"))
                    .toList();
            boolean isPasswordLocked = now.isBefore(passwordLockedUntil);
            List<Model> right = typed.stream()
                    .filter(fob -> !isPasswordLocked
                            && line.substring(0, line.length() - fob.digits).equals(PASSWORD))
                    .toList();
            if (right.isEmpty()) {
                wrongPassword(isPasswordLocked, now);
                return false;
            }
            for (Model fob : right) {
                String code = line.substring(line.length() - fob.digits);
                if (!fob.isLocked(now) && fob.fits(code)) {
                    fob.accept(code);
                    signedIn(fob);
                    return true;
                }
            }
            boolean isNoGuess = right.stream().anyMatch(fob -> {
                String code = line.substring(line.length() - fob.digits);
                return fob.isLocked(now) ? fob.fits(code) : fob.wasAccepted(code);
            });
            happened(isNoGuess ? "no guess" : "counted");
            right.stream().filter(fob -> !fob.isLocked(now) && !isNoGuess).forEach(fob -> {
                fob.count(lockout, now);
                if (fob.isLocked(now)) {
                    happened("locked fob");
                }
            });
            return false;
        }

        private void wrongPassword(boolean isLocked, Instant now) {
            happened("wrong password");
            if (!isLocked) {
                passwordFailures++;
                Lockout ten = new Lockout(10, lockout.coolDown());
                passwordLockedUntil = now.plus(ten.after(passwordFailures));
            }
        }

        private void signedIn(Model with) {
            happened("accepted");
            passwordFailures = 0;
            for (Model other : fobs) {
                if (other != with && other.takeBack(lockout) > 0) {
                    happened("taken back");
                }
            }
        }

        private void happened(String what) {
            outcomes.merge(what, 1, Integer::sum);
        }

        private List<Object> state(Model fob) {
            HotpToken token = (HotpToken)
                    all.devices.get(environment, jane.id(), fob.device).token();
            FailureState state = token.failureState();
            LineFailures lines = state.lines().isEmpty()
                    ? new LineFailures(jane.id(), 0, 0)
                    : state.lines().getFirst();
            return List.of(
                    token.nextCounter(),
                    state.failures(),
                    state.lockedUntil() == null ? Instant.MIN : state.lockedUntil(),
                    state.accepted(),
                    lines.counted(),
                    lines.takenBack());
        }

        private List<Object> expected(Model fob) {
            return List.of(
                    fob.next, fob.failures, fob.lockedUntil, List.copyOf(fob.accepted), fob.lines, fob.takenBack);
        }
    }
}
