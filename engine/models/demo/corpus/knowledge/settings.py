"""Settings, and profiles, which are settings under a name."""

from __future__ import annotations

from engine.models.demo.corpus.knowledge.frames import actions, command
from engine.models.demo.corpus.topic import Topic

SETTINGS: tuple[Topic, ...] = (
    Topic(
        name="profile",
        label="profiles",
        wordings=(
            *command("/profile"),
            *actions(
                "[use|change to|switch to|choose] [a|another|my] profile",
                "[make|write|create|add] a profile [of my own|]",
            ),
            "[profile|profiles] [please|explained|list|names|what are they|]",
            "[what is|what's|explain|describe] a profile [here|for|good for|]",
            "[which|what] profiles [are there|do I have|exist|can I use]",
            "[list|show] [my|the|all] profiles",
            "[switch|change|swap|toggle] [profile|profiles|the profile|between profiles]",
            "[--profile|--profile NAME] [option|flag|please|what is it|]",
            "[start|begin|run|launch] harmony-tui with [a|my|another] profile",
            "[profile|profiles] [switching|change|file|folder|NAME]",
            "[name|names] of [my|the] profiles",
            "[leave|stop using|drop] [the|a|this] profile",
            "[settings|a model and settings] under [a|one] name",
            "[profile|profiles] for [different models|different work|writing|coding]",
            "[different|several|two] [profiles|sets of settings|configurations] [for work and "
            "play|under names|]",
            "[a set|a bundle|a group] of settings under [a|one] name",
            "[where|in which file] [is|are|do I put] [a profile|profiles|my profiles]",
            "[no|without a|leave the] profile [please|]",
            "[work|home|coding|writing] profile",
            "[extends|extend|inherit from] another profile",
            "harmony-tui profiles",
            "my profile [does not work|cannot be used|is not found]",
        ),
        answers=(
            "A profile is a model and settings under a name. `/profile NAME` changes to one at "
            "once; `harmony-tui --profile NAME` starts with it.",
        ),
    ),
    Topic(
        name="settings",
        label="the settings",
        wordings=(
            *command("/settings"),
            *command("/keep"),
            *actions(
                "[see|show|list|change] [all|] [the|my] settings",
                "[keep|save|store] [a setting|this setting|a value|my settings] [for good|for "
                "the next start|]",
            ),
            "[settings|options|preferences|configuration|config|setup] "
            "[please|where|screen|page|list|file]",
            "[where|which file] [is|has] [the|my] [config file|configuration "
            "file|config.toml|settings file]",
            "[config.toml|config file|configuration file|settings file] [please|where is it|what "
            "is in it|]",
            "[where|from what] did [this|a|the] [value|setting] come from",
            "[which|what] [settings|options|preferences] [are there|can I change|exist|are set]",
            "[make|have] [a setting|this value|it|the value] [permanent|last|stay|the default]",
            "[permanent|lasting|default] [settings|setting|value|values]",
            "[remember|keep] [my|the|this] [settings|temperature|theme|value] [for next "
            "time|after a restart|the next time]",
            "[open|edit|change|read] the [settings|config|configuration|config file|preferences]",
            "[my|the] settings [are lost|are gone|are forgotten] [after a restart|]",
            "[set|change] something [for good|for ever|permanently]",
            "[settings|preferences|options] [menu|dialog|window|panel]",
            "[configure|configuring|customise|customize] [harmony-tui|the program|this]",
            "harmony-tui settings",
            "[settings|configuration|preferences] [of the program|of harmony-tui|in a file|on a "
            "screen|overview]",
            "[settings|configuration|preferences|options] [menu|page|screen|pane] "
            "[please|where|is there one|]",
            "[where|how] [are|is] [the|my] [settings|configuration|preferences] "
            "[kept|stored|written|read from]",
            "[write|put|keep] [a|the|this] [value|setting] [into|in] [config.toml|the config "
            "file|the settings file]",
            "[origin|source] of [a|each|this] [value|setting]",
            "[all|the|my|every] [settings|setting] [and where they come from|please|listed]",
            "[change|edit|set] [the|my|a] [settings|configuration|preference|setting] [for "
            "good|in a file|]",
            "/keep [temperature|theme|seed|effort]",
            "[default|start] values [for every start|in a file|of mine]",
        ),
        answers=(
            "`/settings` shows everything that is set and where each value came from. "
            "`config.toml` holds them; `/keep NAME` writes a value into it.",
        ),
    ),
)
