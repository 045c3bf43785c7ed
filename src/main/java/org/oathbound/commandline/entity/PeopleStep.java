package org.oathbound.commandline.entity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What an import of people means for one person.
 *
 * @param id the service's; empty for somebody new
 * @param note what a reader of the plan should know besides
 * @param members what is sent: all of a new user, the change of another one
 * @param serialNumber the token to be paired; empty for none
 */
public record PeopleStep(
        Kind kind, String id, String username, String note, Map<String, JsonNode> members, String serialNumber) {

    /** In the order in which they are shown. */
    public enum Kind {
        NEW("new"),
        CHANGED("changed"),
        BACK("back again"),
        SAME("the same"),
        MISSING("not there any more"),
        LEFT_ALONE("left alone");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
