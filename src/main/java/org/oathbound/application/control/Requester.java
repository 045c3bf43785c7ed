package org.oathbound.application.control;

import java.util.Set;
import java.util.UUID;
import org.oathbound.application.entity.Permission;
import org.oathbound.application.entity.Role;
import org.oathbound.environment.Environment;

/** The sender of a request about a person's data, at an interface that is open not only to callers. */
public sealed interface Requester {

    /** Whether the requester may do this for others in that environment. */
    boolean may(Permission permission, Environment environment);

    /** Whether the requester's roles reach as high as each of these stands. */
    boolean mayChangeHolderOf(Set<Role> others);

    /** Whether the requester is this person of the environment. */
    default boolean is(Environment environment, UUID person) {
        return false;
    }

    /** Whether the requester is a person who has given a code. */
    default boolean withCode() {
        return false;
    }

    /** A client that has not authenticated: only a password or a secret in the request itself can give it rights. */
    record Anonymous() implements Requester {

        @Override
        public boolean may(Permission permission, Environment environment) {
            return false;
        }

        @Override
        public boolean mayChangeHolderOf(Set<Role> others) {
            return false;
        }
    }

    /** A caller, in the caller's own environment. */
    record Authenticated(RequestPrincipal caller) implements Requester {

        @Override
        public boolean may(Permission permission, Environment environment) {
            return isAtHome(environment) && caller.may(permission);
        }

        @Override
        public boolean mayChangeHolderOf(Set<Role> others) {
            return caller.mayChangeHolderOf(others);
        }

        @Override
        public boolean is(Environment environment, UUID person) {
            return isAtHome(environment) && caller.is(person);
        }

        @Override
        public boolean withCode() {
            return caller.withCode();
        }

        private boolean isAtHome(Environment environment) {
            return caller.environment().id().equals(environment.id());
        }
    }

    /** {@code cn=admin} of the directory: stands above all callers, in every environment. */
    record Administrator() implements Requester {

        @Override
        public boolean may(Permission permission, Environment environment) {
            return true;
        }

        @Override
        public boolean mayChangeHolderOf(Set<Role> others) {
            return true;
        }
    }
}
