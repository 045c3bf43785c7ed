package org.oathbound.application.entity;

import static org.oathbound.application.entity.Permission.AUTHENTICATE_DEVICE;
import static org.oathbound.application.entity.Permission.CREATE_APPLICATION;
import static org.oathbound.application.entity.Permission.CREATE_DEVICE;
import static org.oathbound.application.entity.Permission.CREATE_ENVIRONMENT;
import static org.oathbound.application.entity.Permission.CREATE_OATH_TOKEN;
import static org.oathbound.application.entity.Permission.CREATE_PAIRING_JOB;
import static org.oathbound.application.entity.Permission.CREATE_USER;
import static org.oathbound.application.entity.Permission.DELETE_APPLICATION;
import static org.oathbound.application.entity.Permission.DELETE_DEVICE;
import static org.oathbound.application.entity.Permission.DELETE_ENVIRONMENT;
import static org.oathbound.application.entity.Permission.DELETE_OATH_TOKEN;
import static org.oathbound.application.entity.Permission.DELETE_USER;
import static org.oathbound.application.entity.Permission.EXPORT_DIRECTORY;
import static org.oathbound.application.entity.Permission.EXPORT_SECRETS;
import static org.oathbound.application.entity.Permission.MANAGE_KEYS;
import static org.oathbound.application.entity.Permission.READ_APPLICATION;
import static org.oathbound.application.entity.Permission.READ_AUDIT;
import static org.oathbound.application.entity.Permission.READ_DEVICE;
import static org.oathbound.application.entity.Permission.READ_ENVIRONMENT;
import static org.oathbound.application.entity.Permission.READ_OATH_JOB;
import static org.oathbound.application.entity.Permission.READ_OATH_TOKEN;
import static org.oathbound.application.entity.Permission.READ_SETTINGS;
import static org.oathbound.application.entity.Permission.READ_USER;
import static org.oathbound.application.entity.Permission.RESYNC_OATH_TOKEN;
import static org.oathbound.application.entity.Permission.UNLOCK_USER;
import static org.oathbound.application.entity.Permission.UPDATE_APPLICATION;
import static org.oathbound.application.entity.Permission.UPDATE_DEVICE;
import static org.oathbound.application.entity.Permission.UPDATE_ROLE;
import static org.oathbound.application.entity.Permission.UPDATE_SETTINGS;
import static org.oathbound.application.entity.Permission.UPDATE_USER;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * A role as PingOne names it, and what it permits in its holder's environment.
 *
 * <p>Its rank says how high it stands, its reach up to which rank its holder may change people and their tokens. A role
 * that shows much, or brings tokens in, stands high so that few may set its holder's password or pair a device with that
 * holder; its reach is as low as its work needs.
 */
public enum Role {
    ENVIRONMENT_ADMIN(
            "Environment Admin",
            3,
            3,
            READ_OATH_TOKEN,
            CREATE_OATH_TOKEN,
            DELETE_OATH_TOKEN,
            READ_OATH_JOB,
            READ_SETTINGS,
            UPDATE_SETTINGS,
            READ_APPLICATION,
            CREATE_APPLICATION,
            UPDATE_APPLICATION,
            DELETE_APPLICATION,
            UPDATE_ROLE,
            READ_ENVIRONMENT,
            CREATE_ENVIRONMENT,
            DELETE_ENVIRONMENT,
            EXPORT_DIRECTORY,
            EXPORT_SECRETS,
            READ_AUDIT,
            MANAGE_KEYS),
    IDENTITY_DATA_ADMIN(
            "Identity Data Admin",
            2,
            2,
            READ_OATH_TOKEN,
            READ_OATH_JOB,
            CREATE_PAIRING_JOB,
            RESYNC_OATH_TOKEN,
            READ_USER,
            CREATE_USER,
            UPDATE_USER,
            DELETE_USER,
            UNLOCK_USER,
            READ_DEVICE,
            CREATE_DEVICE,
            UPDATE_DEVICE,
            DELETE_DEVICE,
            AUTHENTICATE_DEVICE),
    IDENTITY_DATA_READ_ONLY("Identity Data Read Only", 0, 0, READ_OATH_TOKEN, READ_OATH_JOB, READ_USER, READ_DEVICE),
    CONFIGURATION_READ_ONLY("Configuration Read Only", 0, 0, READ_SETTINGS, READ_APPLICATION),
    /** Checks codes and does nothing else. */
    AUTHENTICATOR("Authenticator", 0, 0, AUTHENTICATE_DEVICE),
    /** Helps people with what they have paired; imports, revokes and sets nothing. */
    HELP_DESK(
            "Help Desk",
            1,
            1,
            READ_OATH_TOKEN,
            RESYNC_OATH_TOKEN,
            READ_USER,
            UNLOCK_USER,
            READ_DEVICE,
            CREATE_DEVICE,
            UPDATE_DEVICE,
            DELETE_DEVICE),
    /** Brings tokens in, gives them out and takes them back; changes no person, sets and exports nothing. */
    TOKEN_MANAGER(
            "Token Manager",
            2,
            1,
            READ_OATH_TOKEN,
            CREATE_OATH_TOKEN,
            DELETE_OATH_TOKEN,
            READ_OATH_JOB,
            CREATE_PAIRING_JOB,
            RESYNC_OATH_TOKEN,
            READ_USER,
            READ_DEVICE,
            CREATE_DEVICE,
            UPDATE_DEVICE,
            DELETE_DEVICE),
    /** Reads everything that is no secret, and changes nothing. */
    AUDITOR(
            "Auditor",
            2,
            0,
            READ_OATH_TOKEN,
            READ_OATH_JOB,
            READ_USER,
            READ_DEVICE,
            READ_SETTINGS,
            READ_APPLICATION,
            READ_ENVIRONMENT,
            READ_AUDIT),
    /** Takes backups and does nothing else. A backup has every environment in it. */
    BACKUP("Backup", 3, 0, EXPORT_DIRECTORY);

    /** The roles of an environment's first application, and of a break-glass access token. */
    public static final Set<Role> ADMINISTRATOR = Set.of(ENVIRONMENT_ADMIN, IDENTITY_DATA_ADMIN, AUTHENTICATOR);

    private final String title;
    private final int rank;
    private final int reach;

    @SuppressWarnings("ImmutableEnumChecker") // it is one that can't be changed
    private final Set<Permission> permissions;

    Role(String title, int rank, int reach, Permission... permissions) {
        this.title = title;
        this.rank = rank;
        this.reach = reach;
        this.permissions = Set.of(permissions);
    }

    /** The name that is shown and stored. */
    public String title() {
        return title;
    }

    public boolean permits(Permission permission) {
        return permissions.contains(permission);
    }

    /**
     * Whether a holder of the first roles may change a holder of the others: the farthest reach among the first against
     * the highest rank among the others. A caller who may set an administrator's password and pair a device with that
     * administrator has the administrator's rights. A role that only reads extends the reach of no other: an auditor who is
     * on the help desk, too, changes whom the help desk changes.
     */
    public static boolean mayChange(Set<Role> roles, Set<Role> others) {
        return highest(others, role -> role.rank) <= highest(roles, role -> role.reach);
    }

    private static int highest(Set<Role> roles, ToIntFunction<Role> number) {
        return roles.stream().mapToInt(number).max().orElse(0);
    }

    /** Their titles, in the order of the roles. */
    public static List<String> titles(Set<Role> roles) {
        return roles.stream().sorted().map(Role::title).toList();
    }

    /** The role with this title, without regard to case. */
    public static Optional<Role> titled(String title) {
        return Arrays.stream(values())
                .filter(role -> role.title.equalsIgnoreCase(title))
                .findFirst();
    }
}
