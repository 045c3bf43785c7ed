package org.oathbound.person.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.problem.Problem;

@DisplayName("Of people of a corporate directory clients see the attributes of a list, and ask about no others")
@Tag("slow")
class ShownAttributesTest {

    private static final String HOME = "homePostalAddress";

    private final WholeDirectory directory = Directories.fresh();
    private final Environments environments = new Environments(directory, directory);
    private final Environment environment = environments.createDefault(UUID.randomUUID(), "");
    private Corporation corporation;

    @BeforeEach
    void hire() throws Exception {
        corporation = new Corporation();
        corporation.hire("ada");
        corporation
                .server()
                .modify(Corporation.dn("ada"), new Modification(ModificationType.REPLACE, HOME, "1 Some Street"));
    }

    @AfterEach
    void close() {
        corporation.close();
    }

    private CorporateDirectories with(Map<String, String> properties) {
        Map<String, String> all = corporation.properties();
        all.putAll(properties);
        return PersonsFixture.corporate(directory, all);
    }

    private Entry ada(CorporateDirectories corporate) throws Exception {
        return corporate.entry(environment, new DN(Corporation.dn("ada"))).orElseThrow();
    }

    @Test
    void bySaneDefaults() throws Exception {
        assertThat(ada(with(Map.of())).getAttributes())
                .extracting(Attribute::getName)
                .containsExactlyInAnyOrder("objectClass", "uid", "cn", "sn", "givenName", "mail");
    }

    @Test
    void asTheyAreConfigured() throws Exception {
        CorporateDirectories corporate =
                with(Map.of("oathbound.people.shown-attributes", "sn, " + HOME + " userPassword"));
        assertThat(ada(corporate).getAttributes())
                .as("what is never shown stays behind, and what people are found by is always there")
                .extracting(Attribute::getName)
                .containsExactlyInAnyOrder("objectClass", "sn", "uid", HOME);
    }

    @Test
    void andAskedForByNameTheyStayBehind() throws Exception {
        CorporateEntries found = with(Map.of())
                .search(
                        environment,
                        new DN(Corporation.BASE),
                        SearchScope.SUB,
                        Filter.create("(uid=ada)"),
                        List.of(HOME, "mail"),
                        10);
        assertThat(found.entries().getFirst().getAttributes())
                .extracting(Attribute::getName)
                .containsExactly("mail");
    }

    @Test
    void andNoFilterTellsOfThem() {
        CorporateDirectories corporate = with(Map.of());
        assertThatThrownBy(() -> corporate.search(
                        environment,
                        new DN(Corporation.BASE),
                        SearchScope.SUB,
                        Filter.create("(&(uid=ada)(!(" + HOME + "=1*)))"),
                        List.of(),
                        10))
                .isInstanceOf(Problem.Forbidden.class);
    }
}
