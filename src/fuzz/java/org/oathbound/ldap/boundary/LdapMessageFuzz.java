package org.oathbound.ldap.boundary;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.unboundid.asn1.ASN1StreamReader;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ModifyRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;
import org.oathbound.directory.HiddenAttributes;

public class LdapMessageFuzz {

    private static final int MAX_BYTES = 256 * 1024;

    public static Stream<byte[]> seeds() {
        return Stream.of(
                        new LDAPMessage(1, new BindRequestProtocolOp("cn=admin,dc=example,dc=com", "x")),
                        new LDAPMessage(
                                2,
                                new SearchRequestProtocolOp(
                                        "dc=example,dc=com",
                                        SearchScope.SUB,
                                        DereferencePolicy.NEVER,
                                        10,
                                        1,
                                        false,
                                        Filter.createANDFilter(
                                                Filter.createEqualityFilter("uid", "x"),
                                                Filter.createNOTFilter(Filter.createPresenceFilter("cn"))),
                                        List.of("*"))),
                        new LDAPMessage(
                                3,
                                new ModifyRequestProtocolOp(
                                        "uid=x,ou=People,dc=example,dc=com",
                                        List.of(new Modification(ModificationType.REPLACE, "sn", "y")))))
                .map(message -> message.encode().encode());
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        try (ASN1StreamReader reader = new ASN1StreamReader(new Received(input), MAX_BYTES)) {
            LDAPMessage message = LDAPMessage.readFrom(reader, true);
            if (message != null && message.getProtocolOp() instanceof SearchRequestProtocolOp search) {
                NormalizedNames.dn(search.getBaseDN());
                Searches.checkSize(search.getFilter());
                Fuzz.refusedAtMost(() -> HiddenAttributes.refuse(search.getFilter()));
            } else if (message != null && message.getProtocolOp() instanceof ModifyRequestProtocolOp modify) {
                NormalizedNamesFuzz.Parts.RULES.checkModify(
                        NormalizedNames.dn(modify.getDN()), modify.getModifications());
            }
        } catch (LDAPException refused) {
            Fuzz.check(refused.getMessage() != null, "a refusal says why");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a socket's: the SDK puts a buffer in front, which ends for good when it is closed; without it a loop has no end. */
    static final class Received extends ByteArrayInputStream {

        Received(byte[] input) {
            super(input);
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
