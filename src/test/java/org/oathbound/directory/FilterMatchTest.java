package org.oathbound.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A filter is true, false or Undefined of an entry (RFC 4511 section 4.5.1.7)")
class FilterMatchTest {

    private static final String DECOMPOSED = "Zoe\u0308";

    private final Entry entry = entry();

    private static Entry entry() {
        Entry entry = new Entry("uid=zoë,ou=People,dc=example,dc=com", Ldif.schema());
        entry.addAttribute("objectClass", "top", "person", "organizationalPerson", "inetOrgPerson", "oathboundPerson");
        entry.addAttribute("uid", "zoë");
        entry.addAttribute("cn", "Zoë  Straub");
        entry.addAttribute("cn;lang-de;x-long", "Zoé");
        entry.addAttribute("sn", "Straub");
        entry.addAttribute("mail", "Zoe@Example.com");
        entry.addAttribute("telephoneNumber", "+49 30 1234");
        entry.addAttribute("manager", "uid=Çelik,ou=People,dc=example,dc=com");
        entry.addAttribute("oathboundId", "7A3F9C1E-0B1D-4C55-9E50-1F0A2B3C4D5E");
        entry.addAttribute("oathboundRevision", "9");
        entry.addAttribute("oathboundCreatedAt", "20260102030405Z");
        return entry;
    }

    private boolean matches(String filter) throws Exception {
        return FilterMatch.of(Filter.create(filter)).matches(entry);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(uid=ZOË)",
                "(0.9.2342.19200300.100.1.1=" + DECOMPOSED + ")",
                "(uid=" + DECOMPOSED + "*)",
                "(cn=*" + DECOMPOSED + "*b)",
                "(cn>=" + DECOMPOSED + ")",
                "(uid~=" + DECOMPOSED + ")",
                "(cn~=zoë straub)",
                "(uid:caseIgnoreMatch:=" + DECOMPOSED + ")",
                "(uid:2.5.13.2:=ZOË)",
                "(uid:caseExactMatch:=zoë)",
                "(mail:caseExactMatch:=Zoe@Example.com)",
                "(mail:caseIgnoreIA5Match:=zoe@example.com)",
                "(uid:=ZOË)",
                "(ou:dn:=people)",
                "(uid:dn:=zoë)",
                "(dc:dn:caseIgnoreMatch:=COM)",
                "(oathboundRevision:integerMatch:=9)",
                "(oathboundRevision:integerOrderingMatch:=10)",
                "(oathboundRevision<=10)",
                "(oathboundCreatedAt>=20260101000000Z)",
                "(manager=UID=C\u0327elik, ou=people,dc=example,dc=com)",
                "(manager:distinguishedNameMatch:=uid=çelik,ou=people,dc=example,dc=com)",
                "(telephoneNumber=+49-30-1234)",
                "(name=straub)",
                "(2.5.4.41=Zoé)",
                "(cn=zoé)",
                "(cn;x-long=ZOÉ)",
                "(cn;lang-de=*)",
                "(entryUUID=7a3f9c1e-0b1d-4c55-9e50-1f0a2b3c4d5e)",
                "(entryDN=uid=" + DECOMPOSED + ",ou=People, dc=example,dc=com)",
                "(!(description=x))",
                "(!(cn;lang-fr=*))",
                "(&)",
                "(!(|))",
                "(|(memberOf=x)(uid=zoë))",
                "(!(&(memberOf=x)(uid=other)))"
            })
    void isTrue(String filter) throws Exception {
        assertThat(matches(filter)).isTrue();
        assertThat(matches("(!" + filter + ")")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(uid=zoe)",
                "(uid:caseExactMatch:=Zoë)",
                "(cn;lang-de=zoë straub)",
                "(ou=people)",
                "(ou:=people)",
                "(oathboundRevision:integerOrderingMatch:=9)",
                "(entryUUID=00000000-0b1d-4c55-9e50-1f0a2b3c4d5e)",
                "(description=*)",
                "(|)",
                "(&(memberOf=x)(uid=other))"
            })
    void isFalse(String filter) throws Exception {
        assertThat(matches(filter)).isFalse();
        assertThat(matches("(!" + filter + ")")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(memberOf=x)",
                "(memberOf=*)",
                "(memberOf~=x)",
                "(memberOf>=x)",
                "(memberOf=x*)",
                "(memberOf:caseIgnoreMatch:=x)",
                "(uid:unknownMatch:=zoë)",
                "(uid:1.2.3.4:=zoë)",
                "(uid:integerMatch:=7)",
                "(uid:wordMatch:=zoë)",
                "(uid:caseIgnoreSubstringsMatch:=z\\2a)",
                "(oathboundRevision=nine)",
                "(oathboundRevision>=nine)",
                "(oathboundRevision=9*)",
                "(oathboundRevision:caseIgnoreMatch:=9)",
                "(oathboundCreatedAt>=yesterday)",
                "(manager=nobody)",
                "(manager>=uid=a)",
                "(entryUUID=7a3f)",
                "(|(memberOf=x)(uid=other))",
                "(&(memberOf=x)(uid=zoë))",
                "(!(memberOf=x))"
            })
    void isUndefined(String filter) throws Exception {
        assertThat(matches(filter)).isFalse();
        assertThat(matches("(!" + filter + ")")).isFalse();
    }
}
