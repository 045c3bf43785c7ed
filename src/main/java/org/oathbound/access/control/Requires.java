package org.oathbound.access.control;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.oathbound.access.entity.Permission;

/**
 * What a caller of a resource method must be permitted, all of it. A method that requires nothing says
 * {@link jakarta.annotation.security.PermitAll}; one that says neither can't be called.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Requires {
    Permission[] value();
}
