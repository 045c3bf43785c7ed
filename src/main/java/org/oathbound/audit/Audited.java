package org.oathbound.audit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the audit calls a resource method. Each call of it is a line, whatever comes of it; so every method that is no read
 * has one, and every read that gives secrets away.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Audited {
    Action value();
}
