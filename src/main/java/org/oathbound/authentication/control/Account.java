package org.oathbound.authentication.control;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.audit.AuditContext;
import org.oathbound.environment.Environment;
import org.oathbound.password.Asker;
import org.oathbound.person.control.FoundPerson;

/**
 * The account that a client named.
 *
 * @param environment where the name was looked up; the default one where the name leads nowhere
 * @param typed the name
 * @param person with what was read of the person; empty when no person has that name
 * @param application the id of the application that the name is for, there or not; empty for every other name
 */
public record Account(Environment environment, String typed, Optional<FoundPerson> person, Optional<UUID> application) {

    /** Who shows a secret of this account, to the limits of wrong ones; where from is what the audit knows. */
    Asker asker() {
        return Asker.of(
                person.map(found -> found.id().toString()).orElse(typed.toLowerCase(Locale.ROOT)),
                AuditContext.current().address());
    }
}
