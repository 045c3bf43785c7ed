package org.oathbound.access.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.oathbound.access.control.Fixture.CLIENT;
import static org.oathbound.access.control.Fixture.ENVIRONMENT;
import static org.oathbound.access.control.Fixture.SECRET;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.access.entity.Application;
import org.oathbound.access.entity.Permission;
import org.oathbound.access.entity.Role;
import org.oathbound.directory.Schema;
import org.oathbound.problem.Problem;

class ApplicationsTest {

    Fixture fixture;

    @BeforeEach
    void start(@TempDir Path folder) {
        fixture = new Fixture(folder);
    }

    @Nested
    @DisplayName("An application is an entry of the directory; its secret is stored as a slow hash only")
    class Stored {

        @Test
        void comesBackAsItWas() {
            Application made = fixture.application(CLIENT, Role.ENVIRONMENT_ADMIN, Role.AUTHENTICATOR);

            assertThat(fixture.applications.find(ENVIRONMENT, CLIENT)).contains(made);
            assertThat(made.createdAt()).isEqualTo(Fixture.NOW);
        }

        @Test
        void standsWhereTheTreeSays() {
            fixture.application(CLIENT);

            assertThat(entry().getDN()).isEqualTo("oathboundId=" + CLIENT + ",ou=Applications,dc=example,dc=com");
        }

        @Test
        void showsNothingOfItsSecret() {
            fixture.application(CLIENT);

            assertThat(entry().toLDIFString()).doesNotContain(SECRET);
            assertThat(entry().getAttributeValue(Schema.SECRET_HASH)).startsWith("{PBKDF2-SHA512}");
        }

        @Test
        void existsOnce() {
            fixture.application(CLIENT, Role.HELP_DESK);

            assertThatThrownBy(() -> fixture.application(CLIENT, Role.ENVIRONMENT_ADMIN))
                    .isInstanceOf(Problem.InvalidData.class);
            assertThat(fixture.applications
                            .find(ENVIRONMENT, CLIENT)
                            .orElseThrow()
                            .roles())
                    .containsExactly(Role.HELP_DESK);
        }

        @Test
        void aRoleThatNobodyKnowsPermitsNothing() {
            fixture.application(CLIENT, Role.HELP_DESK);
            change(Schema.ROLE, "Emperor");

            assertThat(fixture.applications
                            .find(ENVIRONMENT, CLIENT)
                            .orElseThrow()
                            .roles())
                    .isEmpty();
        }

        @Test
        void isSaidToBeBrokenWhenItCanNotBeRead() {
            fixture.application(CLIENT);
            Entry wanted = entry().duplicate();
            wanted.removeAttribute(Schema.CREATED_AT);
            fixture.directory.modifyIfUnchanged(entry(), wanted);

            assertThatThrownBy(() -> fixture.applications.find(ENVIRONMENT, CLIENT))
                    .isInstanceOf(Problem.Corrupt.class);
        }

        ReadOnlyEntry entry() {
            return fixture.directory
                    .read(ApplicationEntry.nameOf(fixture.environment, CLIENT))
                    .orElseThrow();
        }

        void change(String attribute, String value) {
            Entry wanted = entry().duplicate();
            wanted.setAttribute(attribute, value);
            assertThat(fixture.directory.modifyIfUnchanged(entry(), wanted)).isTrue();
        }
    }

    @Nested
    @DisplayName("It is authenticated by its secret")
    class Authenticated {

        @Test
        void byTheRightOneOnly() {
            Application made = fixture.application(CLIENT, Role.HELP_DESK);

            assertThat(fixture.applications.authenticate(fixture.environment, CLIENT, SECRET))
                    .contains(made);
            assertThat(fixture.applications.authenticate(fixture.environment, CLIENT, SECRET + " "))
                    .isEmpty();
            assertThat(fixture.applications.authenticate(fixture.environment, CLIENT, ""))
                    .isEmpty();
        }

        @Test
        void notWhenItIsUnknown() {
            assertThat(fixture.applications.authenticate(fixture.environment, CLIENT, SECRET))
                    .isEmpty();
        }

        @Test
        void notWhenItHasNoSecret() {
            fixture.application(CLIENT);
            ReadOnlyEntry seen = fixture.directory
                    .read(ApplicationEntry.nameOf(fixture.environment, CLIENT))
                    .orElseThrow();
            Entry wanted = seen.duplicate();
            wanted.removeAttribute(Schema.SECRET_HASH);
            fixture.directory.modifyIfUnchanged(seen, wanted);

            assertThat(fixture.applications.authenticate(fixture.environment, CLIENT, ""))
                    .isEmpty();
        }
    }

    @Nested
    @DisplayName("What a role permits")
    class Roles {

        @Test
        void theEnvironmentAdminMayAll() {
            assertThat(Permission.values()).allMatch(fixture.application(CLIENT, Role.ENVIRONMENT_ADMIN)::may);
        }

        @Test
        void othersMayReadAtMost() {
            Set<Role> readers = Set.of(Role.IDENTITY_DATA_ADMIN, Role.IDENTITY_DATA_READ_ONLY, Role.HELP_DESK);
            for (Role role : Role.values()) {
                if (role != Role.ENVIRONMENT_ADMIN) {
                    Application application = fixture.application(UUID.randomUUID(), role);
                    for (Permission permission : Permission.values()) {
                        assertThat(application.may(permission))
                                .as(role + " " + permission)
                                .isEqualTo(readers.contains(role)
                                        && permission.name().startsWith("READ"));
                    }
                }
            }
        }
    }
}
