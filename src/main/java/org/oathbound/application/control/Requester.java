package org.oathbound.application.control;

import java.util.Set;
import java.util.UUID;
import org.oathbound.application.entity.Permission;
import org.oathbound.application.entity.Role;
import org.oathbound.environment.Environment;

/** Who asks for something that is a person's, at an interface that opens to others than callers, too. */
public sealed interface Requester {

    /** Whether he may do this for others in that environment. */
    boolean may(Permission permission, Environment environment);

    /** Whether none of these roles stands above his own. */
    boolean mayChangeHolderOf(Set<Role> others);

    /** Whether it is this person of the environment himself. */
    default boolean is(Environment environment, UUID person) {
        return false;
    }

    /** Whether he is a person who has given a code. */
    default boolean withCode() {
        return false;
    }

    /** Who has not said who he is: only what he sends along, a password or a secret, can speak for him. */
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

    /** A caller, in his own environment. */
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

    /** {@code cn=admin} of the directory: nobody's caller, above all of them, in every environment. */
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
