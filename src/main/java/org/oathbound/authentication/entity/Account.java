package org.oathbound.authentication.entity;

import java.util.Optional;
import java.util.UUID;
import org.oathbound.environment.Environment;
import org.oathbound.person.entity.Person;

/**
 * Who was named.
 *
 * @param environment where he was looked for; the default one where the name leads nowhere
 * @param person empty when there is nobody of that name
 * @param application the id of the application that the name is for, there or not; empty for every other name
 */
public record Account(Environment environment, Optional<Person> person, Optional<UUID> application) {}
