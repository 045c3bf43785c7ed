package org.oathbound.directoryapi.control;

import java.util.Optional;
import org.oathbound.environment.Environment;
import org.oathbound.person.entity.Person;

/**
 * Somebody who was named.
 *
 * @param environment where he was looked for; the default one where the name leads nowhere
 * @param person empty when there is nobody of that name
 */
public record Account(Environment environment, Optional<Person> person) {}
