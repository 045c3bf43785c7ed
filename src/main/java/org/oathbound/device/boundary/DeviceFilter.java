package org.oathbound.device.boundary;

import com.unboundid.scim2.common.filters.FilterType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.control.DeviceQuery;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.http.ScimFilter;
import org.oathbound.http.ScimFilter.Comparison;

/** The query parameter {@code filter} of lists of devices. */
final class DeviceFilter {

    private static final Set<FilterType> EQUAL = Set.of(FilterType.EQUAL);

    /** Of one person. */
    private static final ScimFilter OWN = new ScimFilter(Map.of("status", EQUAL, "type", EQUAL));

    /** Across people. */
    private static final ScimFilter ALL = new ScimFilter(Map.of(
            "status",
            EQUAL,
            "type",
            EQUAL,
            "createdAt",
            Set.of(
                    FilterType.LESS_THAN,
                    FilterType.LESS_OR_EQUAL,
                    FilterType.GREATER_THAN,
                    FilterType.GREATER_OR_EQUAL)));

    private DeviceFilter() {}

    static DeviceQuery query(@Nullable String filter) {
        DeviceQuery query = new DeviceQuery();
        for (Comparison comparison : ALL.parse(filter)) {
            switch (comparison.attribute()) {
                case "status" -> query.status(status(comparison));
                case "type" -> query.type(type(comparison));
                default -> createdAt(query, comparison);
            }
        }
        return query;
    }

    /** Whether each of the filter's comparisons holds for the device. */
    static boolean matches(@Nullable String filter, PairedDevice paired) {
        Device device = paired.device();
        return OWN.parse(filter).stream()
                .allMatch(comparison -> comparison.attribute().equals("status")
                        ? device.status() == status(comparison)
                        : device.type() == type(comparison));
    }

    private static Device.Status status(Comparison comparison) {
        for (Device.Status status : Device.Status.values()) {
            if (status.name().equals(comparison.value())) {
                return status;
            }
        }
        throw OWN.invalid("The status of a device is \"ACTIVE\" or \"ACTIVATION_REQUIRED\".");
    }

    private static Device.Type type(Comparison comparison) {
        for (Device.Type type : Device.Type.values()) {
            if (type.name().equals(comparison.value())) {
                return type;
            }
        }
        throw OWN.invalid("The type of a device is \"OATH_TOKEN\", \"TOTP\" or \"TEMPORARY\".");
    }

    /** LDAP compares by "or equal" only, and what is stored has milliseconds. */
    private static void createdAt(DeviceQuery query, Comparison comparison) {
        Instant instant = ALL.instant(comparison).truncatedTo(ChronoUnit.MILLIS);
        FilterType operator = comparison.operator();
        if (operator == FilterType.LESS_THAN) {
            query.createdUntil(instant.minusMillis(1));
        } else if (operator == FilterType.LESS_OR_EQUAL) {
            query.createdUntil(instant);
        } else if (operator == FilterType.GREATER_THAN) {
            query.createdFrom(instant.plusMillis(1));
        } else {
            query.createdFrom(instant);
        }
    }
}
