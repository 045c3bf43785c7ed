package org.oathbound.authentication.control;

import java.util.Optional;
import java.util.UUID;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.FoundPerson;

/**
 * The account that a client named.
 *
 * @param environment where the name was looked up; the default one where the name leads nowhere
 * @param person with what was read of the person; empty when no person has that name
 * @param application the id of the application that the name is for, there or not; empty for every other name
 */
public record Account(Environment environment, Optional<FoundPerson> person, Optional<UUID> application) {}
