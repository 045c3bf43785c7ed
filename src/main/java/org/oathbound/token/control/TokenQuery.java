package org.oathbound.token.control;

import com.unboundid.ldap.sdk.Filter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Schema;
import org.oathbound.token.entity.SerialNumber;

/** Which tokens are meant: all that meet every condition that was added. Without one, all. */
public final class TokenQuery {

    /** Tokens that were made for one device are not part of the stock. */
    private static final Filter FOB = Filter.createNOTFilter(Filter.createPresenceFilter(Schema.TOKEN_USE));

    private final List<Filter> conditions = new ArrayList<>(List.of(FOB));
    private @Nullable SerialNumber serialNumber;

    public TokenQuery serialNumberIs(SerialNumber wanted) {
        serialNumber = wanted;
        conditions.add(Filter.createEqualityFilter(Schema.SERIAL_NUMBER, wanted.value()));
        return this;
    }

    public TokenQuery serialNumberBeginsWith(String start) {
        conditions.add(Filter.createSubInitialFilter(Schema.SERIAL_NUMBER, start));
        return this;
    }

    public TokenQuery hotp() {
        conditions.add(Filter.createEqualityFilter(Schema.OBJECT_CLASS, Schema.HOTP_TOKEN));
        return this;
    }

    public TokenQuery totp() {
        conditions.add(Filter.createEqualityFilter(Schema.OBJECT_CLASS, Schema.TOTP_TOKEN));
        return this;
    }

    /** Created by this job. */
    public TokenQuery createdBy(UUID job) {
        conditions.add(Filter.createSubInitialFilter(Schema.ORIGIN, job + " "));
        return this;
    }

    public TokenQuery paired(boolean wanted) {
        Filter present = Filter.createPresenceFilter(Schema.PAIRING);
        conditions.add(wanted ? present : Filter.createNOTFilter(present));
        return this;
    }

    public TokenQuery lost(boolean wanted) {
        Filter present = Filter.createPresenceFilter(Schema.LOST_AT);
        conditions.add(wanted ? present : Filter.createNOTFilter(present));
        return this;
    }

    /** Tokens without an end are none of these. */
    public TokenQuery expiresBefore(Instant instant) {
        return before(Schema.EXPIRES_AT, instant);
    }

    /** Tokens that were never used are none of these. */
    public TokenQuery lastUsedBefore(Instant instant) {
        return before(Schema.LAST_LOGIN, instant);
    }

    /** The one serial number that all conditions leave, if there is one: it leads to the entry without a search. */
    @Nullable
    SerialNumber serialNumber() {
        return serialNumber;
    }

    Filter filter() {
        return Filter.createANDFilter(conditions);
    }

    private TokenQuery before(String attribute, Instant instant) {
        // LDAP compares by "less or equal" only, and what is stored has milliseconds.
        conditions.add(Filter.createLessOrEqualFilter(attribute, GeneralizedTime.of(instant.minusMillis(1))));
        return this;
    }
}
