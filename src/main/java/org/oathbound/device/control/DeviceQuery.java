package org.oathbound.device.control;

import com.unboundid.ldap.sdk.Filter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.oathbound.device.entity.Device;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Schema;

/** Which devices are asked for: those that all conditions leave. Not for several threads. */
public final class DeviceQuery {

    private final List<Filter> conditions = new ArrayList<>();

    public DeviceQuery status(Device.Status status) {
        conditions.add(Filter.createEqualityFilter(Schema.DEVICE_STATUS, status.name()));
        return this;
    }

    public DeviceQuery type(Device.Type type) {
        conditions.add(Filter.createEqualityFilter(Schema.DEVICE_TYPE, type.name()));
        return this;
    }

    /** Created at that moment or before. */
    public DeviceQuery createdUntil(Instant instant) {
        conditions.add(Filter.createLessOrEqualFilter(Schema.CREATED_AT, GeneralizedTime.of(instant)));
        return this;
    }

    /** Created at that moment or after. */
    public DeviceQuery createdFrom(Instant instant) {
        conditions.add(Filter.createGreaterOrEqualFilter(Schema.CREATED_AT, GeneralizedTime.of(instant)));
        return this;
    }

    Filter filter() {
        return conditions.isEmpty() ? Attributes.ANY : Filter.createANDFilter(conditions);
    }
}
