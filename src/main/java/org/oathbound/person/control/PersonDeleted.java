package org.oathbound.person.control;

import java.util.List;
import java.util.UUID;
import org.oathbound.environment.Environment;

/**
 * A person is deleted: the enrolment is closed, and the person's devices have to be removed.
 *
 * @param devices the person's device list when the enrolment was closed
 */
public record PersonDeleted(Environment environment, UUID person, List<UUID> devices) {}
