package org.oathbound.person.control;

import java.util.List;
import java.util.UUID;
import org.oathbound.environment.Environment;

/**
 * A person is deleted: his enrolment is closed, and what he had paired has to go.
 *
 * @param devices what his list named last
 */
public record PersonDeleted(Environment environment, UUID person, List<UUID> devices) {}
