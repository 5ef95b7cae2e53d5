"""Pairs, timers and a bell on one laptop: for a teacher with a group and no study; nothing leaves the machine."""
