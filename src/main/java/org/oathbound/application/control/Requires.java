package org.oathbound.application.control;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.oathbound.application.entity.Permission;

/**
 * What a caller of a resource method must be permitted, all of it. A method that requires nothing says
 * {@link jakarta.annotation.security.PermitAll}; one that says neither can't be called.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Requires {
    Permission[] value();

    /** Where the caller must be from. */
    From from() default From.ITS_ENVIRONMENT;

    /** Callers of which environment may call. */
    enum From {
        /** The environment that the path names. */
        ITS_ENVIRONMENT,
        /** The default environment, whatever the path names. */
        THE_DEFAULT,
        /** Either of them. */
        ITS_ENVIRONMENT_OR_THE_DEFAULT,
        /** Any: the path names no environment, and the object that it names decides what the caller may see and do. */
        ANY
    }
}
