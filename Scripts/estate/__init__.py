# SPDX-License-Identifier: Apache-2.0
"""The parts of an estate that plant_estate.py plants: one planter per resource type."""
