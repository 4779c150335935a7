package sequor.tasks.forecast;

import sequor.settings.Setting;

/// How the part to test is gone through: a key of the section `training`.
///
/// @param refitEvery how many steps pass before what is solved is solved again; 0 for never
public record WalkSettings(
    @Setting(
            value = "0",
            min = 0,
            max = 1 << 20,
            about =
                "steps of the test part after which maps are solved again from all before, to see in"
                    + " the report what that brings; 0: never")
        int refitEvery) {}
