package org.oathbound.authentication.control;

import java.util.Optional;
import java.util.UUID;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.FoundPerson;

/**
 * Who was named.
 *
 * @param environment where he was looked for; the default one where the name leads nowhere
 * @param person with what was read of the person; empty when there is nobody of that name
 * @param application the id of the application that the name is for, there or not; empty for every other name
 */
public record Account(Environment environment, Optional<FoundPerson> person, Optional<UUID> application) {}
