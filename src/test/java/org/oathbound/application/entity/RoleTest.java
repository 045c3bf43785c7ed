package org.oathbound.application.entity;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A caller changes nobody whose role stands higher than the caller's roles reach")
class RoleTest {

    private static Set<Role> roles(String names) {
        return Arrays.stream(names.split(" ")).map(Role::valueOf).collect(toSet());
    }

    /** Of each role, those whose holders it may not change. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            ENVIRONMENT_ADMIN       | ''
            IDENTITY_DATA_ADMIN     | ENVIRONMENT_ADMIN BACKUP
            TOKEN_MANAGER           | ENVIRONMENT_ADMIN IDENTITY_DATA_ADMIN TOKEN_MANAGER AUDITOR BACKUP
            HELP_DESK               | ENVIRONMENT_ADMIN IDENTITY_DATA_ADMIN TOKEN_MANAGER AUDITOR BACKUP
            AUDITOR                 | ENVIRONMENT_ADMIN IDENTITY_DATA_ADMIN TOKEN_MANAGER AUDITOR BACKUP HELP_DESK
            BACKUP                  | ENVIRONMENT_ADMIN IDENTITY_DATA_ADMIN TOKEN_MANAGER AUDITOR BACKUP HELP_DESK
            AUTHENTICATOR           | ENVIRONMENT_ADMIN IDENTITY_DATA_ADMIN TOKEN_MANAGER AUDITOR BACKUP HELP_DESK
            IDENTITY_DATA_READ_ONLY | ENVIRONMENT_ADMIN IDENTITY_DATA_ADMIN TOKEN_MANAGER AUDITOR BACKUP HELP_DESK
            CONFIGURATION_READ_ONLY | ENVIRONMENT_ADMIN IDENTITY_DATA_ADMIN TOKEN_MANAGER AUDITOR BACKUP HELP_DESK
            """, delimiter = '|')
    void ofEachRole(Role role, String above) {
        Set<Role> others = EnumSet.allOf(Role.class);
        others.removeIf(other -> Role.mayChange(Set.of(role), Set.of(other)));
        assertThat(others).isEqualTo(above.isEmpty() ? Set.of() : roles(above));
    }

    @ParameterizedTest
    @EnumSource
    void andEverybodyWithoutARole(Role role) {
        assertThat(Role.mayChange(Set.of(role), Set.of())).isTrue();
        assertThat(Role.mayChange(Set.of(), Set.of())).isTrue();
    }

    @Test
    void theHighestRoleOfTheOtherCounts() {
        assertThat(Role.mayChange(roles("HELP_DESK"), roles("AUTHENTICATOR ENVIRONMENT_ADMIN")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"AUDITOR", "BACKUP", "TOKEN_MANAGER"})
    void aRoleThatStandsHighDoesNotLetAnotherReachFarther(Role high) {
        Set<Role> both = Set.of(Role.HELP_DESK, high);
        assertThat(Role.mayChange(both, roles("HELP_DESK"))).isTrue();
        assertThat(Role.mayChange(both, roles("IDENTITY_DATA_ADMIN"))).isFalse();
    }
}
