package org.oathbound.directoryapi.boundary;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.unboundid.ldap.sdk.DN;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;

/** Names of entries, and cursors, which hold one: what is sent leads to the same entry again. */
public class DirectoryNamesFuzz {

    /** Made by nothing of ours: what is loaded before the first input can't be instrumented any more. */
    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "uid=jdoe,ou=People,dc=example,dc=com",
                "ou=\"a;b\"+l=\\#x,dc=example",
                "ou=#0403613b62",
                "eyJzIjoyLCJhIjoiZGM9ZXhhbXBsZSxkYz1jb20iLCJmIjoidWlkIHByIn0");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        String text = Fuzz.text(input);
        Fuzz.refusedAtMost(() -> Cursor.parse(text));
        Fuzz.refusedAtMost(() -> {
            DN name = EntryNames.parse("dn", text);
            String sent = EntryNames.encoded(name.toString());
            Fuzz.check(sent.indexOf('\\') < 0, "a path has no backslash");
            if (sent.length() < 1_000) { // it grows on its way, and there is an end to what is read
                DN back = EntryNames.parse("dn", URLDecoder.decode(sent, StandardCharsets.UTF_8));
                Fuzz.check(back.equals(name), "a name leads to its entry");
            }
        });
    }
}
