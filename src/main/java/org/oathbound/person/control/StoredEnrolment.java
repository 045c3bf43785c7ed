package org.oathbound.person.control;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import org.oathbound.person.entity.Enrolment;

/**
 * An enrolment as it was read.
 *
 * @param entry what a compare-and-set is made against
 */
record StoredEnrolment(ReadOnlyEntry entry, Enrolment enrolment) {}
