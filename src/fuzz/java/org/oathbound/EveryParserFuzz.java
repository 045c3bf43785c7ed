package org.oathbound;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.oauth.boundary.ClientCredentialsFuzz;
import org.oathbound.oauth.control.AccessTokenFuzz;
import org.oathbound.authentication.boundary.FlowFuzz;
import org.oathbound.device.boundary.DeviceFilterFuzz;
import org.oathbound.device.boundary.DeviceFuzz;
import org.oathbound.directoryapi.boundary.DirectoryDocumentsFuzz;
import org.oathbound.directoryapi.boundary.DirectoryFilterFuzz;
import org.oathbound.directoryapi.boundary.DirectoryNamesFuzz;
import org.oathbound.environment.SettingsFuzz;
import org.oathbound.http.FormDataFuzz;
import org.oathbound.http.HeadersFuzz;
import org.oathbound.http.PagingFuzz;
import org.oathbound.job.boundary.SeedFileRequestFuzz;
import org.oathbound.ldap.boundary.LdapFilterFuzz;
import org.oathbound.ldap.boundary.LdapMessageFuzz;
import org.oathbound.ldap.boundary.NormalizedNamesFuzz;
import org.oathbound.person.boundary.UserFilterFuzz;
import org.oathbound.person.boundary.UserFuzz;
import org.oathbound.report.boundary.ExportFuzz;
import org.oathbound.seedfile.control.EntraCsvFuzz;
import org.oathbound.seedfile.control.FormatByContentFuzz;
import org.oathbound.seedfile.control.FreeIpaLdifFuzz;
import org.oathbound.seedfile.control.MovedStatesFuzz;
import org.oathbound.seedfile.control.OathCsvFuzz;
import org.oathbound.seedfile.control.PingDirectoryLdifFuzz;
import org.oathbound.seedfile.control.PingIdTextFuzz;
import org.oathbound.seedfile.control.PskcFuzz;
import org.oathbound.seedfile.control.SafeNetXmlFuzz;
import org.oathbound.seedfile.control.SafeWordDatFuzz;
import org.oathbound.seedfile.control.SecretTextFuzz;
import org.oathbound.seedfile.control.YubicoCsvFuzz;
import org.oathbound.token.boundary.ResynchronisationFuzz;
import org.oathbound.token.control.TokenFilterFuzz;
import org.oathbound.token.control.AddedTokenFuzz;
import org.oathbound.token.boundary.TokenFuzz;

/** All parsers in one JVM, for a JVM fuzzes one method only and takes longer to start than a short run takes. */
class EveryParserFuzz {

    private static final List<Parser> PARSERS = List.of(
            new Parser(AccessTokenFuzz::seeds, new AccessTokenFuzz()::anyInput),
            new Parser(AddedTokenFuzz::seeds, new AddedTokenFuzz()::anyInput),
            new Parser(ClientCredentialsFuzz::seeds, new ClientCredentialsFuzz()::anyInput),
            new Parser(DeviceFilterFuzz::seeds, new DeviceFilterFuzz()::anyInput),
            new Parser(DeviceFuzz::seeds, new DeviceFuzz()::anyInput),
            new Parser(DirectoryDocumentsFuzz::seeds, new DirectoryDocumentsFuzz()::anyInput),
            new Parser(DirectoryFilterFuzz::seeds, new DirectoryFilterFuzz()::anyInput),
            new Parser(DirectoryNamesFuzz::seeds, new DirectoryNamesFuzz()::anyInput),
            new Parser(EntraCsvFuzz::seeds, new EntraCsvFuzz()::anyFile),
            new Parser(ExportFuzz::seeds, new ExportFuzz()::anyInput),
            new Parser(FlowFuzz::seeds, new FlowFuzz()::anyInput),
            new Parser(FormDataFuzz::seeds, new FormDataFuzz()::anyInput),
            new Parser(FormatByContentFuzz::seeds, new FormatByContentFuzz()::anyFile),
            new Parser(FreeIpaLdifFuzz::seeds, new FreeIpaLdifFuzz()::anyFile),
            new Parser(HeadersFuzz::seeds, new HeadersFuzz()::anyInput),
            new Parser(LdapFilterFuzz::seeds, new LdapFilterFuzz()::anyInput),
            new Parser(LdapMessageFuzz::seeds, new LdapMessageFuzz()::anyInput),
            new Parser(MovedStatesFuzz::seeds, new MovedStatesFuzz()::anyFile),
            new Parser(NormalizedNamesFuzz::seeds, new NormalizedNamesFuzz()::anyInput),
            new Parser(OathCsvFuzz::seeds, new OathCsvFuzz()::anyFile),
            new Parser(PagingFuzz::seeds, new PagingFuzz()::anyInput),
            new Parser(PingDirectoryLdifFuzz::seeds, new PingDirectoryLdifFuzz()::anyFile),
            new Parser(PingIdTextFuzz::seeds, new PingIdTextFuzz()::anyFile),
            new Parser(PskcFuzz::seeds, new PskcFuzz()::anyFile),
            new Parser(ResynchronisationFuzz::seeds, new ResynchronisationFuzz()::anyInput),
            new Parser(SafeNetXmlFuzz::seeds, new SafeNetXmlFuzz()::anyFile),
            new Parser(SafeWordDatFuzz::seeds, new SafeWordDatFuzz()::anyFile),
            new Parser(SecretTextFuzz::seeds, new SecretTextFuzz()::anyInput),
            new Parser(SeedFileRequestFuzz::seeds, new SeedFileRequestFuzz()::anyInput),
            new Parser(SettingsFuzz::seeds, new SettingsFuzz()::anyInput),
            new Parser(TokenFilterFuzz::seeds, new TokenFilterFuzz()::anyInput),
            new Parser(TokenFuzz::seeds, new TokenFuzz()::anyInput),
            new Parser(UserFilterFuzz::seeds, new UserFilterFuzz()::anyInput),
            new Parser(UserFuzz::seeds, new UserFuzz()::anyInput),
            new Parser(YubicoCsvFuzz::seeds, new YubicoCsvFuzz()::anyFile));

    private record Parser(Supplier<Stream<byte[]>> seeds, Consumer<byte[]> input) {}

    /** Each parser's own, behind a byte that says whose they are. */
    static Stream<byte[]> seeds() {
        return IntStream.range(0, PARSERS.size())
                .boxed()
                .flatMap(number -> PARSERS.get(number).seeds().get().map(seed -> addressed(number, seed)));
    }

    private static byte[] addressed(int number, byte[] seed) {
        byte[] addressed = new byte[seed.length + 1];
        addressed[0] = (byte) number;
        System.arraycopy(seed, 0, addressed, 1, seed.length);
        return addressed;
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    void anyInput(byte[] input) {
        if (input.length > 0) {
            int number = Byte.toUnsignedInt(input[0]) % PARSERS.size();
            PARSERS.get(number).input().accept(Arrays.copyOfRange(input, 1, input.length));
        }
    }
}
