package org.oathbound.application.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.oathbound.oauth.control.Fixture.CLIENT;
import static org.oathbound.oauth.control.Fixture.SECRET;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.application.entity.Application;
import org.oathbound.application.entity.Application.Registration;
import org.oathbound.application.entity.Permission;
import org.oathbound.application.entity.Role;
import org.oathbound.directory.Page;
import org.oathbound.directory.Schema;
import org.oathbound.oauth.control.AccessTokenVerifier;
import org.oathbound.oauth.control.Fixture;
import org.oathbound.problem.Problem;

@Tag("slow")
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

            assertThat(fixture.applications.find(fixture.environment, CLIENT)).contains(made);
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
                            .find(fixture.environment, CLIENT)
                            .orElseThrow()
                            .roles())
                    .containsExactly(Role.HELP_DESK);
        }

        @Test
        void aRoleThatNobodyKnowsPermitsNothing() {
            fixture.application(CLIENT, Role.HELP_DESK);
            change(Schema.ROLE, "Emperor");

            assertThat(fixture.applications
                            .find(fixture.environment, CLIENT)
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

            assertThatThrownBy(() -> fixture.applications.find(fixture.environment, CLIENT))
                    .isInstanceOf(Problem.Corrupt.class);
        }

        @Test
        void isLeftOutOfAPageWhenItCanNotBeRead() {
            UUID first = new UUID(1, 1);
            UUID last = new UUID(-1, -1);
            fixture.application(first);
            fixture.application(CLIENT);
            fixture.application(last);
            Entry wanted = entry().duplicate();
            wanted.removeAttribute(Schema.CREATED_AT);
            fixture.directory.modifyIfUnchanged(entry(), wanted);

            List<UUID> found = new ArrayList<>();
            @Nullable String after = null;
            do {
                Page<Application> page = fixture.applications.page(fixture.environment, after, 1);
                page.items().forEach(application -> found.add(application.id()));
                after = page.last();
            } while (after != null);

            assertThat(found).containsExactly(first, last);
            fixture.applications.delete(fixture.environment, CLIENT);
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
    @DisplayName("Its secret changes without an outage")
    class Rotated {

        private static final String NEXT = "another";

        private Optional<Application> by(String secret) {
            return fixture.applications.authenticate(fixture.environment, CLIENT, secret);
        }

        @Test
        void bothAreGoodForTheStatedTime() {
            fixture.application(CLIENT, Role.HELP_DESK);
            fixture.applications.rotate(fixture.environment, CLIENT, NEXT, Fixture.NOW.plusSeconds(1));

            assertThat(by(SECRET)).isPresent();
            assertThat(by(NEXT)).isPresent();
        }

        @Test
        void bothAreComparedByOneHash() {
            fixture.application(CLIENT, Role.HELP_DESK);
            fixture.applications.rotate(fixture.environment, CLIENT, NEXT, Fixture.NOW.plusSeconds(1));

            ReadOnlyEntry entry = fixture.directory
                    .read(ApplicationEntry.nameOf(fixture.environment, CLIENT))
                    .orElseThrow();
            assertThat(saltOf(entry, Schema.SECRET_HASH)).isEqualTo(saltOf(entry, Schema.FORMER_SECRET_HASH));
            fixture.applications.rotate(fixture.environment, CLIENT, "third", null);
            ReadOnlyEntry later = fixture.directory
                    .read(ApplicationEntry.nameOf(fixture.environment, CLIENT))
                    .orElseThrow();
            assertThat(saltOf(later, Schema.SECRET_HASH)).isNotEqualTo(saltOf(entry, Schema.SECRET_HASH));
        }

        private static String saltOf(ReadOnlyEntry entry, String attribute) {
            return entry.getAttributeValue(attribute).split("\\$", -1)[1];
        }

        @Test
        void theOneBeforeEndsThen() {
            fixture.application(CLIENT, Role.HELP_DESK);
            fixture.applications.rotate(fixture.environment, CLIENT, NEXT, Fixture.NOW);

            assertThat(by(SECRET)).isEmpty();
            assertThat(by(NEXT)).isPresent();
        }

        @Test
        void orAtOnce() {
            fixture.application(CLIENT, Role.HELP_DESK);
            fixture.applications.rotate(fixture.environment, CLIENT, NEXT, null);

            assertThat(by(SECRET)).isEmpty();
            assertThat(fixture.directory
                            .read(ApplicationEntry.nameOf(fixture.environment, CLIENT))
                            .orElseThrow()
                            .hasAttribute(Schema.FORMER_SECRET_HASH))
                    .isFalse();
        }

        @Test
        void onlyOneBeforeIsKept() {
            fixture.application(CLIENT, Role.HELP_DESK);
            Instant later = Fixture.NOW.plusSeconds(60);
            fixture.applications.rotate(fixture.environment, CLIENT, NEXT, later);
            fixture.applications.rotate(fixture.environment, CLIENT, "third", later);

            assertThat(by(SECRET)).isEmpty();
            assertThat(by(NEXT)).isPresent();
            assertThat(by("third")).isPresent();
        }

        @Test
        void aPublicOneHasNone() {
            fixture.applications.create(fixture.environment, CLIENT, Registration.worker("Browser", Set.of()), null);

            assertThatThrownBy(() -> fixture.applications.rotate(fixture.environment, CLIENT, NEXT, null))
                    .isInstanceOf(Problem.RequestFailed.class);
            assertThat(by("")).isEmpty();
        }
    }

    @Nested
    @DisplayName("It can be changed, disabled and deleted")
    class Changed {

        @Test
        void keepsItsSecret() {
            fixture.application(CLIENT, Role.HELP_DESK);
            Registration wanted = new Registration(
                    "Other", true, Set.of(Role.AUTHENTICATOR), List.of("https://app.example.com/back"));

            Application after = fixture.applications.replace(fixture.environment, CLIENT, wanted);

            assertThat(after.registration()).isEqualTo(wanted);
            assertThat(fixture.applications.authenticate(fixture.environment, CLIENT, SECRET))
                    .contains(after);
        }

        @Test
        void isOutWhenItIsDisabled() {
            Application made = fixture.application(CLIENT, Role.HELP_DESK);
            String token = fixture.accessTokens.issue(made);
            AccessTokenVerifier verifier = fixture.verifierAt(Fixture.NOW);
            assertThat(verifier.verify(token)).isPresent();

            fixture.applications.replace(
                    fixture.environment, CLIENT, new Registration("Test", false, Set.of(Role.HELP_DESK), List.of()));

            assertThat(verifier.verify(token)).isEmpty();
            assertThat(fixture.applications.authenticate(fixture.environment, CLIENT, SECRET))
                    .isEmpty();
        }

        @Test
        void isOutWhenItIsDeleted() {
            Application made = fixture.application(CLIENT, Role.HELP_DESK);
            AccessTokenVerifier verifier = fixture.verifierAt(Fixture.NOW);

            fixture.applications.delete(fixture.environment, CLIENT);

            assertThat(verifier.verify(fixture.accessTokens.issue(made))).isEmpty();
            assertThatThrownBy(() -> fixture.applications.delete(fixture.environment, CLIENT))
                    .isInstanceOf(Problem.NotFound.class);
        }
    }

    @Nested
    @DisplayName("What a role permits")
    class Roles {

        private Set<String> permitted(Role role) {
            return Stream.of(Permission.values())
                    .filter(role::permits)
                    .map(Permission::name)
                    .collect(Collectors.toSet());
        }

        @Test
        void anEnvironmentAdminHasTokensAndSettings() {
            assertThat(permitted(Role.ENVIRONMENT_ADMIN))
                    .containsExactlyInAnyOrder(
                            "READ_OATH_TOKEN",
                            "CREATE_OATH_TOKEN",
                            "DELETE_OATH_TOKEN",
                            "READ_OATH_JOB",
                            "READ_SETTINGS",
                            "UPDATE_SETTINGS",
                            "READ_APPLICATION",
                            "CREATE_APPLICATION",
                            "UPDATE_APPLICATION",
                            "DELETE_APPLICATION",
                            "UPDATE_ROLE",
                            "READ_ENVIRONMENT",
                            "CREATE_ENVIRONMENT",
                            "DELETE_ENVIRONMENT",
                            "EXPORT_DIRECTORY",
                            "EXPORT_SECRETS",
                            "READ_AUDIT",
                            "MANAGE_KEYS");
        }

        @Test
        void anIdentityDataAdminHasPeopleAndDevices() {
            assertThat(permitted(Role.IDENTITY_DATA_ADMIN))
                    .containsExactlyInAnyOrder(
                            "READ_OATH_TOKEN",
                            "RESYNC_OATH_TOKEN",
                            "READ_OATH_JOB",
                            "CREATE_PAIRING_JOB",
                            "READ_USER",
                            "UNLOCK_USER",
                            "CREATE_USER",
                            "UPDATE_USER",
                            "DELETE_USER",
                            "READ_DEVICE",
                            "CREATE_DEVICE",
                            "UPDATE_DEVICE",
                            "DELETE_DEVICE",
                            "AUTHENTICATE_DEVICE");
        }

        @Test
        void anAuthenticatorChecksCodesAndNothingElse() {
            assertThat(permitted(Role.AUTHENTICATOR)).containsExactly("AUTHENTICATE_DEVICE");
        }

        @Test
        void theHelpDeskHelpsAndImportsRevokesAndSetsNothing() {
            assertThat(permitted(Role.HELP_DESK))
                    .containsExactlyInAnyOrder(
                            "READ_OATH_TOKEN",
                            "RESYNC_OATH_TOKEN",
                            "READ_USER",
                            "UNLOCK_USER",
                            "READ_DEVICE",
                            "CREATE_DEVICE",
                            "UPDATE_DEVICE",
                            "DELETE_DEVICE");
        }

        @Test
        void aTokenManagerBringsTokensInAndGivesThemOutAndSetsAndExportsNothing() {
            assertThat(permitted(Role.TOKEN_MANAGER))
                    .containsExactlyInAnyOrder(
                            "READ_OATH_TOKEN",
                            "CREATE_OATH_TOKEN",
                            "DELETE_OATH_TOKEN",
                            "RESYNC_OATH_TOKEN",
                            "READ_OATH_JOB",
                            "CREATE_PAIRING_JOB",
                            "READ_USER",
                            "READ_DEVICE",
                            "CREATE_DEVICE",
                            "UPDATE_DEVICE",
                            "DELETE_DEVICE");
        }

        @Test
        void anAuditorReadsWhateverCanBeRead() {
            assertThat(permitted(Role.AUDITOR))
                    .containsExactlyInAnyOrderElementsOf(Stream.of(Permission.values())
                            .map(Permission::name)
                            .filter(name -> name.startsWith("READ_"))
                            .toList());
        }

        @Test
        void aBackupTakesBackupsAndNothingElse() {
            assertThat(permitted(Role.BACKUP)).containsExactly("EXPORT_DIRECTORY");
        }

        @Test
        void theOthersReadOnly() {
            for (Role role : List.of(Role.IDENTITY_DATA_READ_ONLY, Role.CONFIGURATION_READ_ONLY)) {
                assertThat(permitted(role)).isNotEmpty().allMatch(permission -> permission.startsWith("READ_"));
            }
        }

        @Test
        void everythingIsPermittedToSomebody() {
            assertThat(Stream.of(Role.values()).flatMap(role -> permitted(role).stream()))
                    .contains(
                            Stream.of(Permission.values()).map(Permission::name).toArray(String[]::new));
        }
    }
}
