package org.oathbound.job.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.Job.Options;
import org.oathbound.job.entity.Result;
import org.oathbound.job.entity.RowReport;
import org.oathbound.job.entity.RowReport.Outcome;
import org.oathbound.person.entity.Person;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.seedfile.control.SeedFiles;
import org.oathbound.seedfile.control.SeedRow;
import org.oathbound.seedfile.control.SeedRows;
import org.oathbound.seedfile.entity.FileKey;
import org.oathbound.seedfile.entity.Format;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Token.TotpToken;
import org.oathbound.token.entity.TokenId;

@Tag("slow")
@DisplayName("Files of the kinds that people have had trouble with, from their first line to tokens")
class RealFilesTest {

    private static final Options USUAL = Options.of(128, false, false);
    private static final Options PREVIEW = Options.of(128, false, true);

    @TempDir
    Path data;

    private final Queue<Runnable> background = new ArrayDeque<>();
    private Environment environment;
    private DevicesFixture parts;
    private Jobs jobs;

    @BeforeEach
    void start() {
        WholeDirectory directory = Directories.fresh();
        Seals seals = new Seals(KeySets.in(data));
        environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        parts = new DevicesFixture(directory, seals, Clock.systemUTC());
        jobs = JobsFixture.jobs(directory, seals, background::add);
    }

    private Job imported(Format format, Hints hints, Options options, String file) {
        Job job = jobs.receive(environment, Job.Type.CREATE_OATH_TOKENS, upload -> {
            SeedRows rows = new SeedRows() {
                @Override
                public void columns(List<String> names) {
                    upload.columns(names);
                }

                @Override
                public void row(SeedRow row) {
                    upload.row(row);
                }
            };
            SeedFiles.of(format, hints, new FileKey.None())
                    .read(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), rows);
            return options;
        });
        while (!background.isEmpty()) {
            background.remove().run();
        }
        return jobs.find(environment, job.id()).orElseThrow();
    }

    private Job imported(Format format, String file) {
        return imported(format, Hints.NONE, USUAL, file);
    }

    private Result result(Job job) {
        return jobs.result(environment, job);
    }

    private List<RowReport> lines(Job job) {
        List<RowReport> lines = new ArrayList<>();
        jobs.forEachLine(environment, job, lines::add);
        return lines;
    }

    private Optional<Token> token(String serialNumber) {
        return parts.tokens.findAny(environment, TokenId.of(environment.id(), new SerialNumber(serialNumber)));
    }

    private List<PairedDevice> devices(Person person) {
        return parts.devices.list(environment, person.id());
    }

    @Test
    void whatASpreadsheetHasDamagedIsFaultyAndOfOneKeyThereIsOneToken() {
        Person jane = parts.person(environment, "jane");
        String key = "eb1abf8387a9610298b0134d4586106b267da0d8";
        String file = """
                # version: 2
                jane,,,0005004,%1$s,hotp,6,0
                jane,,,5004,%1$s,hotp,6,0
                ,,,2.60012E+12,874375179193b273fc4a284ac35ac8ebe37d24b1,hotp,6,0
                ,,,0005006,1.23457E+38,hotp,6,0
                ,,,0005007,797e0041f2e35b0458b7ab422c20e15015a31593,hotp,6,1.00E+06
                """.formatted(key);
        for (Options options : List.of(PREVIEW, USUAL)) {
            Job job = imported(Format.OATH_CSV, Hints.NONE, options, file);
            assertThat(result(job).succeeded()).isEqualTo(1);
            assertThat(result(job).faults())
                    .extracting(Result.Fault::rowNumber, Result.Fault::target)
                    .containsExactly(
                            tuple(3, "secret"), tuple(4, "serialNumber"), tuple(5, "secret"), tuple(6, "hotp.counter"));
        }
        assertThat(devices(jane)).hasSize(1);
    }

    @Test
    void anHotpTokenThatSomebodyHasSaysItsCounterWhateverTheFormat() {
        parts.person(environment, "hans");
        Job janitors =
                imported(Format.PRIVACYIDEA_CSV, "hans@office, H1, 9021a7cfbec39ab1e4c5641009cae038b0d8873f, hotp, 6");
        Job csv =
                imported(Format.OATH_CSV, "# version: 2\nhans,,,H2,ac839de30123adaac870b72a4c59acddeb7e964b,hotp,6\n");
        assertThat(List.of(janitors, csv))
                .allSatisfy(job -> assertThat(result(job).faults())
                        .extracting(Result.Fault::target)
                        .containsExactly("hotp.counter"));
        assertThat(token("H1")).isEmpty();
        assertThat(token("H2")).isEmpty();
    }

    @Test
    void aSecondKeyUnderOneSerialNumberIsNamed() {
        Job job = imported(Format.OATH_CSV, """
                20944003,4b0c4f5e2b1f7c8d9e0a1b2c3d4e5f6071829304,hotp,6,0
                20944003,5b0c4f5e2b1f7c8d9e0a1b2c3d4e5f6071829304,hotp,6,0
                20944003,4b0c4f5e2b1f7c8d9e0a1b2c3d4e5f6071829304,hotp,6,0
                """);
        assertThat(lines(job))
                .extracting(RowReport::rowNumber, RowReport::outcome)
                .containsExactly(tuple(2, Outcome.TAKEN), tuple(3, Outcome.DUPLICATE));
    }

    @Test
    void everyFaultOfARowIsSaidAtOnceAndAParameterFillsTheRowsThatLeaveItOpen() {
        String file = """
                tok2, 1212, totp, 6
                tok3, 157024a4256d0a64eab9a29c07389cc266f230ad, hotp,       8   ,
                 tok4, ade373b15844de023a8aeaa0e2f79805bbf4ee39, HMAC, , , ,
                tok6, 7ea2c18564cc4a64bd18ed7d67b71a7709a24d58, totp, 6,
                """;
        assertThat(result(imported(Format.OATH_CSV, Hints.NONE, PREVIEW, file)).faults())
                .extracting(Result.Fault::rowNumber, Result.Fault::target)
                .containsExactly(
                        tuple(1, "secret"),
                        tuple(1, "totp.timeStep"),
                        tuple(3, "otpLength"),
                        tuple(4, "totp.timeStep"));
        assertThat(result(imported(Format.OATH_CSV, "S1,00112233445566778899,hotp,6\n"))
                        .faults())
                .extracting(Result.Fault::message)
                .first()
                .asString()
                .contains("parameter minimumSecretBits");
        Job filled = imported(Format.OATH_CSV, new Hints(null, "HOTP", 6, 30, null), USUAL, file);
        assertThat(result(filled).faults()).extracting(Result.Fault::target).containsExactly("secret");
        assertThat(token("tok3").orElseThrow().metadata().digits()).isEqualTo(8);
        assertThat(token("tok4").orElseThrow().metadata().digits()).isEqualTo(6);
    }

    @Test
    void keysThatLeaveBitsOverComeInAsVerifiersReadThem() {
        Job job = imported(Format.ENTRA_CSV, """
                upn,serial number,secret key,time interval,manufacturer,model
                ,7654321,2345672abcdefg2345672abcdf,60,Acme,Fob
                """);
        assertThat(result(job).succeeded()).isEqualTo(1);
        assertThat(result(imported(Format.OATH_CSV, "X1,d6f9df7f400886429b5be77dfd002219,totp,6,60\n"))
                        .faults())
                .as("the same key")
                .extracting(Result.Fault::message)
                .first()
                .asString()
                .contains("7654321 has this secret already");
    }

    private static String freeIpa(String name, String key, String more) {
        return """
                dn: ipatokenuniqueid=%1$s,cn=otp,dc=example,dc=com
                objectClass: top
                objectClass: ipaToken
                objectClass: ipatokenTOTP
                ipatokenUniqueID: %1$s
                ipatokenOwner: uid=jane,cn=users,cn=accounts,dc=example,dc=com
                ipatokenOTPkey:: %2$s
                ipatokenOTPdigits: 6
                ipatokenOTPalgorithm: sha1
                ipatokenTOTPtimeStep: 30
                %3$s

                """.formatted(name, key, more);
    }

    @Test
    void aTokenThatHasEndedIsNobodysAndADriftOfHoursIsKept() {
        Person jane = parts.person(environment, "jane");
        Job job = imported(
                Format.FREEIPA_LDIF,
                freeIpa("ended", "MFh3GsMefHs9u9WCTVDYq3ZYFNY=", "ipatokenNotAfter: 20241001010000Z")
                        + freeIpa("hours", "CYflMezG6k9p7kueJfdcgstTJ90=", "ipatokenTOTPclockOffset: 28800"));
        assertThat(lines(job)).extracting(RowReport::outcome).containsExactly(Outcome.CREATE_WITHOUT_PAIRING);
        assertThat(devices(jane)).hasSize(1);
        TotpToken drifting = (TotpToken) token("hours").orElseThrow();
        assertThat(drifting.drift()).isEqualTo(960);
        assertThat(drifting.base()).isEqualTo(960);
    }

    @Test
    void aNameThatCanBeNoSerialNumberComesInUnderOneAndTheReportHasBoth() {
        Job job = imported(
                Format.FREEIPA_LDIF, freeIpa("rosa's phone/2", "CYflMezG6k9p7kueJfdcgstTJ90=", "description: x"));
        assertThat(result(job).succeeded()).isEqualTo(1);
        RowReport line = lines(job).getFirst();
        assertThat(line.cells()).contains("rosa's phone/2");
        assertThat(line.reason()).contains("The token's serial number is " + line.serialNumber());
        assertThat(token(line.serialNumber() == null ? "" : line.serialNumber()))
                .isPresent();
        Job again = imported(
                Format.FREEIPA_LDIF, freeIpa("rosa's phone/2", "CYflMezG6k9p7kueJfdcgstTJ90=", "description: x"));
        assertThat(lines(again)).extracting(RowReport::outcome).containsExactly(Outcome.DUPLICATE);
    }
}
