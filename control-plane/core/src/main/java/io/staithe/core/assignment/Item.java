package io.staithe.core.assignment;

import io.staithe.core.model.Listener;
import io.staithe.core.model.Rule;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.TaskId;

/** One thing that a host is asked to do or to know. An assignment is a set of items by id. */
public sealed interface Item {
    /** Unique within an assignment; the same item keeps it when its content changes. */
    String id();

    record RunTask(AssignedTask task) implements Item {
        @Override
        public String id() {
            return idOf(task.task());
        }

        public static String idOf(TaskId task) {
            return "task/" + task;
        }
    }

    record Listen(Listener listener) implements Item {
        @Override
        public String id() {
            return "listener/" + listener.id();
        }
    }

    record Route(Rule rule) implements Item {
        @Override
        public String id() {
            return "rule/" + rule.key().id();
        }
    }

    record Group(TargetGroup targetGroup) implements Item {
        @Override
        public String id() {
            return "target-group/" + targetGroup.name();
        }
    }

    record SendTo(Target target) implements Item {
        @Override
        public String id() {
            return "target/" + target.id();
        }
    }
}
